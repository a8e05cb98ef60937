"""What an applicant may complain of, where and until when; and the application as it would be printed."""

from datetime import datetime

from suban.cases.queries.opening import OpenedCase, open_own
from suban.cases.rules.letters import ADVERSE_KINDS, RECONSIDERATION, TITLES
from suban.cases.rules.reconsidering import (
    TITLE,
    ReconsiderationFacts,
    reconsideration_blocks,
    usual_wish,
)
from suban.cases.rules.remedies import find_complaint, too_late
from suban.cases.rules.writing import chinese_day
from suban.cases.types import ReconsiderationPreview, RemedyView
from suban.identity.queries import get_display_name, read_company, read_person
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
from suban.kernel.references import split_ref


def find_remedy(case: OpenedCase, at: datetime) -> RemedyView | None:
    """Return what may be complained of now; None where there is nothing."""
    today = civil_day(at)
    complaint = find_complaint(case.state, case.terms, case.calendar, today)
    if complaint is None:
        return None
    remedies = case.definition.remedies
    return RemedyView(
        complaint=complaint,
        organ=remedies.reconsideration_organ,
        address=remedies.reconsideration_address,
        phone=remedies.reconsideration_phone,
        too_late=too_late(complaint, today),
        wish=usual_wish(case.state, complaint, case.definition),
    )


def preview_reconsideration(
    *, actor: Actor, number: str, wish: str, reasons: str, at: datetime
) -> ReconsiderationPreview | None:
    """Return the application that the words would make; None where there is nothing to complain of.

    :raises UnknownCaseError: there is no such case, or it is somebody else's.
    """
    return write_reconsideration(open_own(actor, number), actor, wish=wish, reasons=reasons, at=at)


def write_reconsideration(
    case: OpenedCase, actor: Actor, *, wish: str, reasons: str, at: datetime
) -> ReconsiderationPreview | None:
    """Return the application for an opened case."""
    today = civil_day(at)
    complaint = find_complaint(case.state, case.terms, case.calendar, today)
    if complaint is None:
        return None
    letters = case.row.letters.exclude(kind=RECONSIDERATION).order_by("id")
    decided = next((letter for letter in reversed(letters) if letter.kind in ADVERSE_KINDS), None)
    names = [f"{TITLES.get(letter.kind, letter.kind)} {letter.document_number}".strip() for letter in letters]
    facts = ReconsiderationFacts(
        case=case.state,
        definition=case.definition,
        complaint=complaint,
        party=_party(case, actor, at),
        letters=("申请人身份证明复印件", *dict.fromkeys(names), "证明事实和理由的材料（由申请人附上）"),
        document_number=decided.document_number if decided else "",
        wish=wish.strip(),
        reasons=reasons.strip(),
        today=today,
    )
    return ReconsiderationPreview(
        title=TITLE,
        organ=case.definition.remedies.reconsideration_organ,
        party=get_display_name(case.row.party),
        date=chinese_day(today),
        blocks=tuple(reconsideration_blocks(facts)),
    )


def _party(case: OpenedCase, actor: Actor, at: datetime) -> list[tuple[str, str]]:
    kind, value = split_ref(case.row.party)
    if kind == "company":
        company = read_company(value, by=actor, at=at)
        rows = [
            ("名称", company.name),
            ("统一社会信用代码", company.uscc),
            ("法定代表人", company.legal_representative),
            ("地址", company.address),
        ]
    else:
        person = read_person(
            person=case.row.party, by=actor, purpose="申请行政复议", case=f"case:{case.row.number}", at=at
        )
        rows = [
            ("姓名", person.name),
            ("身份证号", person.citizen_id),
            ("住址", person.address),
            ("联系电话", person.phone),
        ]
    return [(name, value or "（请填写）") for name, value in rows]
