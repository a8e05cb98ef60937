"""Words and colours of the workbench: what is left of a deadline, how something came, who sits where."""

from datetime import date
from types import MappingProxyType
from typing import Final

from suban.cases.types import CheckResult, Deadline, MaterialKind, State
from suban.web.ui.presentation import DeadlineView, StatusView, say_day

SOON: Final = 3  # days; the same as the view "soon"
CHANNEL_WORDS: Final = MappingProxyType({"online": "网上", "api": "接口", "counter": "窗口"})

KIND_WORDS: Final = MappingProxyType(
    {
        MaterialKind.UPLOAD: "申请人上传",
        MaterialKind.GENERATED: "网上填写生成",
        MaterialKind.REGISTER: "数据共享",
        MaterialKind.LICENCE: "电子证照",
        MaterialKind.CONFIRMATION: "单位在线确认",
        MaterialKind.PROMISE: "告知承诺",
    },
)

STATE_TONES: Final = MappingProxyType(
    {
        State.SUBMITTED: "info",
        State.CORRECTION: "warning",
        State.ACCEPTED: "info",
        State.REVIEW: "info",
        State.PROPOSED: "info",
        State.GRANTED: "success",
        State.FILED: "success",
        State.ISSUED: "success",
        State.DISPATCHED: "success",
        State.SERVED: "success",
        State.CLOSED: "neutral",
        State.REFUSED: "danger",
        State.WITHDRAWN: "neutral",
        State.NOT_NEEDED: "neutral",
        State.NOT_ACCEPTED: "danger",
        State.TERMINATED: "neutral",
    },
)

# What a deadline asks for: (before, after) its day in a sentence.
_SENTENCES: Final = MappingProxyType(
    {
        "notice": ("最迟 ", "告知是否需要补正，逾期视为受理"),
        "promised": ("承诺 ", "前作出决定"),
        "legal": ("法定最迟 ", "作出决定"),
        "delivery": ("最迟 ", "送达"),
        "reconsideration": ("申请人可在 ", "前申请行政复议"),
        "lawsuit": ("申请人可在 ", "前提起行政诉讼"),
    },
)

_OUTCOMES: Final = MappingProxyType(
    {
        "pass": StatusView("success", "通过"),
        "fail": StatusView("danger", "不符"),
        "unknown": StatusView("warning", "没查到", "question"),
    },
)


def remaining_status(days_left: int) -> StatusView:
    """Return what is left of a deadline, in colour, icon and words."""
    if days_left < 0:
        return StatusView("danger", f"超期 {-days_left} 天")
    if days_left == 0:
        return StatusView("warning", "今天到期")
    tone = "warning" if days_left <= SOON else "neutral"
    return StatusView(tone, f"剩 {days_left} 天", "clock")


def state_status(state: State, label: str) -> StatusView:
    """Return a case's state in colour, icon and words."""
    return StatusView(STATE_TONES.get(state, "neutral"), label)


def check_status(check: CheckResult) -> StatusView:
    """Return the outcome of a check in colour, icon and words."""
    return _OUTCOMES.get(check.outcome, _OUTCOMES["unknown"])


def deadline_view(deadline: Deadline, *, today: date) -> DeadlineView:
    """Return a deadline as a sentence with its derivation."""
    before, after = _SENTENCES.get(deadline.kind, ("", "到期"))
    return DeadlineView(
        sentence=f"{before}{say_day(deadline.due_on, today=today)}{after}",
        because=tuple(
            f"{reason.text}（{reason.article}）" if reason.article else reason.text
            for reason in deadline.because
        ),
        late=deadline.due_on < today,
        provisional=deadline.provisional,
    )
