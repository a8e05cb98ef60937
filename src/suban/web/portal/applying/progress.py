"""Where a case stands, in words: state, deadline as a sentence, history, what happens next."""

from collections.abc import Iterable
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from suban.cases.events import CorrectionRequested
from suban.cases.types import ApplicantCase, Deadline, Reason, State
from suban.cases.types import TimelineEntry as Happening
from suban.web.ui.presentation import DeadlineView, StatusView, TimelineEntry, say_day, say_instant

CORRECTION_TOPIC: Final = CorrectionRequested.topic
TONES: Final = MappingProxyType(
    {
        State.DRAFT: ("neutral", "edit"),
        State.DISCARDED: ("neutral", "trash"),
        State.CORRECTION: ("warning", "edit"),
        State.GRANTED: ("success", "seal"),
        State.FILED: ("success", "seal"),
        State.ISSUED: ("success", "licence"),
        State.DISPATCHED: ("success", "parcel"),
        State.SERVED: ("success", "tick"),
        State.CLOSED: ("success", "tick"),
        State.REFUSED: ("danger", "stop"),
        State.WITHDRAWN: ("neutral", "back"),
        State.NOT_NEEDED: ("info", "info"),
        State.NOT_ACCEPTED: ("danger", "stop"),
        State.TERMINATED: ("neutral", "stop"),
    },
)
DUE_WORDS: Final = MappingProxyType(
    {
        "notice": "前告诉您是否受理或需要补正；到期没有告知，就视为已经受理",
        "promised": "前作出决定（我们的承诺）",
        "legal": "前作出决定（法律规定）",
        "delivery": "前把结果送到您手中",
        "reconsideration": "前可以申请行政复议",
        "lawsuit": "前可以向法院起诉",
    },
)
NEXT_WORDS: Final = MappingProxyType(
    {
        State.SUBMITTED: "办理机关正在核对材料是否齐全。",
        State.CORRECTION: "请按补正告知书修改后再提交，办理期限重新起算。",
        State.ACCEPTED: "已受理，正在分派审查人员。",
        State.REVIEW: "正在审查您的材料。",
        State.PROPOSED: "审查完成，等待作出决定。",
        State.GRANTED: "准予许可，正在制作电子证照，通常只要几秒钟。",
        State.FILED: "已备案，正在出具备案证明。",
        State.ISSUED: "结果已制作好，正在安排送达。",
        State.DISPATCHED: "结果已经寄出，请本人或您委托的人签收。",
        State.SERVED: "结果已送达。",
        State.CLOSED: "已办结，材料已归档。",
        State.REFUSED: "没有准予。理由和救济途径见下方和决定书。",
        State.WITHDRAWN: "您已撤回申请。需要时可以重新申请。",
        State.NOT_NEEDED: "这件事依法不需要许可，不用再办。",
        State.NOT_ACCEPTED: "没有受理。理由、该找哪个机关和救济途径见上方和决定书。",
        State.TERMINATED: "办理已经终止。理由和救济途径见上方和通知书。",
        State.DRAFT: "还没有提交，您可以随时接着填。",
    },
)


ENDED: Final = frozenset(
    {
        State.CLOSED,
        State.WITHDRAWN,
        State.REFUSED,
        State.SERVED,
        State.NOT_NEEDED,
        State.NOT_ACCEPTED,
        State.TERMINATED,
    }
)


def status_view(state: State, label: str) -> StatusView:
    """Return the state as colour, icon and word."""
    tone, sign = TONES.get(state, ("info", "clock"))
    return StatusView(tone, label, sign)


def deadline_view(deadline: Deadline, *, today: date) -> DeadlineView:
    """Return a deadline as a sentence with its derivation."""
    words = DUE_WORDS.get(deadline.kind, "前办结")
    return DeadlineView(
        sentence=f"最迟 {say_day(deadline.due_on, today=today)}{words}",
        because=tuple(_reason(line) for line in deadline.because),
        late=deadline.due_on < today and deadline.kind in {"promised", "legal", "notice", "delivery"},
        provisional=deadline.provisional,
    )


def deadline_views(deadlines: Iterable[Deadline], *, today: date) -> list[DeadlineView]:
    """Return every deadline as a sentence."""
    return [deadline_view(deadline, today=today) for deadline in deadlines]


def short_due(due_on: date | None, kind: str, *, today: date) -> str:
    """Return the sentence of a list: 最迟 10 月 20 日（周五）前作出决定."""
    if due_on is None:
        return ""
    words = {
        "notice": "前告知是否受理",
        "promised": "前作出决定",
        "legal": "前作出决定",
        "delivery": "前送达",
    }
    return f"最迟 {say_day(due_on, today=today)}{words.get(kind, '前办结')}"


def noticed_at(case: ApplicantCase) -> datetime | None:
    """Return when the open correction notice was made; None when nothing is to be corrected."""
    if case.state is not State.CORRECTION:
        return None
    return max((entry.at for entry in case.timeline if entry.kind == CORRECTION_TOPIC), default=None)


def history(case: ApplicantCase, *, today: date) -> list[TimelineEntry]:
    """Return what happened, the present on top."""
    entries = tell(case.timeline, today=today)
    return [_present(case), *entries]


def tell(happenings: Iterable[Happening], *, today: date) -> list[TimelineEntry]:
    """Return happenings as entries of a timeline, in their order."""
    return [
        TimelineEntry(
            title=entry.title,
            when=say_instant(entry.at, today=today),
            iso=entry.at.isoformat(),
            who=entry.who,
            text=_with_article(entry.detail, entry.article),
        )
        for entry in happenings
    ]


def _present(case: ApplicantCase) -> TimelineEntry:
    ended = case.state in ENDED
    mine = case.state in {State.CORRECTION, State.DRAFT} or bool(case.mending)
    return TimelineEntry(
        title=case.state_label,
        who="" if ended else "等您办理" if mine else case.organ_name,
        text=NEXT_WORDS.get(case.state, ""),
        state="done" if ended else "now",
    )


def _reason(line: Reason) -> str:
    return _with_article(line.text, line.article)


def _with_article(words: str, article: str) -> str:
    return f"{words}（{article}）" if words and article else words or article
