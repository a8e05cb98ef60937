"""What stands in an application for reconsideration: its parts in order, ready for page and press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from suban.cases.rules.endings import PAPERS
from suban.cases.rules.state import CaseState
from suban.cases.rules.turn_words import say_day
from suban.cases.types import Against, Complaint
from suban.catalogue.types import MatterDefinition

Block = dict[str, Any]
TITLE = "行政复议申请书"
UNSEALED = "由申请人根据办件记录生成，签名或者盖章后提交"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationFacts:
    """Everything that the application needs."""

    case: CaseState
    definition: MatterDefinition
    complaint: Complaint
    party: Sequence[tuple[str, str]]
    letters: Sequence[str]
    document_number: str
    wish: str
    reasons: str
    today: date


def usual_wish(case: CaseState, complaint: Complaint, definition: MatterDefinition) -> str:
    """Return what is usually asked for."""
    if complaint.against is Against.INACTION:
        return f"责令{definition.organ_name}在一定期限内对申请人的“{definition.name}”申请作出决定。"
    return f"撤销{definition.organ_name}作出的{_paper(case)}，责令其重新作出处理。"


def _paper(case: CaseState) -> str:
    return PAPERS[case.ending.kind] if case.ending else "不予行政许可决定书"


def reconsideration_blocks(facts: ReconsiderationFacts) -> list[Block]:
    """Return the parts of the application, in the order of a written one (行政复议法第22条)."""
    remedies, definition, complaint = facts.definition.remedies, facts.definition, facts.complaint
    return [
        _section("申请人"),
        _table((), facts.party),
        _section("被申请人"),
        _table(
            (),
            [
                ("名称", definition.organ_name),
                ("地址", definition.place.address),
            ],
        ),
        _section("行政复议机关"),
        _table(
            (),
            [
                ("名称", remedies.reconsideration_organ),
                ("地址", remedies.reconsideration_address),
                ("电话", remedies.reconsideration_phone),
            ],
        ),
        _section("复议请求"),
        _text(facts.wish),
        _section("不服的行政行为" if complaint.against is Against.DECISION else "被申请人没有履行的法定职责"),
        *_complained_of(facts),
        _section("事实和理由"),
        _text(facts.reasons),
        _section("期限的计算"),
        *_time(facts),
        _section("附件"),
        *(_text(f"{place}. {name}") for place, name in enumerate(facts.letters, 1)),
    ]


def _complained_of(facts: ReconsiderationFacts) -> list[Block]:
    case, definition = facts.case, facts.definition
    rows = [
        ("事项", definition.name),
        ("办件编号", case.official_number),
        ("收到申请", say_day(case.received_on) if case.received_on else "—"),
        ("受理", say_day(case.accepted_on) if case.accepted_on else "没有受理"),
    ]
    if facts.complaint.against is Against.DECISION:
        rows += [
            ("文书", f"{_paper(case)} {facts.document_number}"),
            ("作出日期", say_day(case.decided_on) if case.decided_on else "—"),
            ("送达日期", say_day(case.served_on) if case.served_on else "还没有送达，申请人已经知道"),
        ]
        return [_table((), rows)]
    legal = f"依照{facts.complaint.law}{facts.complaint.articles[2]}"
    first = "，应当先申请行政复议" if facts.complaint.first else ""
    words = f"被申请人在法定期限内没有作出决定，截至 {say_day(facts.today)} 仍未作出。{legal}{first}。"
    return [_table((), rows), _text(words)]


def _time(facts: ReconsiderationFacts) -> list[Block]:
    deadline = facts.complaint.deadline
    if deadline is None:
        return [_text("决定书还没有送达，申请行政复议的期限自收到之日起计算。")]
    rows = [(reason.text, reason.article or "—") for reason in deadline.because]
    return [
        _text(f"申请行政复议的期限到 {say_day(deadline.due_on)} 为止，本申请在期限内提出。"),
        _table(("怎么算的", "依据"), rows),
    ]


def _section(title: str) -> Block:
    return {"kind": "section", "title": title}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows]}
