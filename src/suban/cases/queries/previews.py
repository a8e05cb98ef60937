"""Letters before they are sent: the same words that the letter will have, without its number."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from suban.cases.queries.opening import OpenedCase
from suban.cases.queries.sight import find_content
from suban.cases.rules.letters import TITLES
from suban.cases.rules.writing import LetterFacts, letter_content
from suban.cases.types import CorrectionItem
from suban.cases.types.desk import LetterPreview
from suban.identity.queries import get_display_name
from suban.identity.types import Actor
from suban.kernel.clock import civil_day


def preview_correction(
    *, actor: Actor, number: str, items: Sequence[CorrectionItem], at: datetime
) -> LetterPreview:
    """Return the correction notice that `items` would make.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    case = find_content(actor, number)
    defects = [(_name(case, item.slot), f"{item.defect}\n依据：{item.basis}") for item in items]
    return preview(replace(letter_facts(case, "correction_notice", at), defects=defects))


def preview_decision(
    *,
    actor: Actor,
    number: str,
    grants: bool,
    reasons: str = "",
    overdue_reason: str = "",
    at: datetime,
) -> LetterPreview:
    """Return the letter of the decision.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    case = find_content(actor, number)
    facts = letter_facts(case, "grant" if grants else "refusal", at)
    return preview(replace(facts, reasons=reasons, overdue=overdue_reason))


def letter_facts(case: OpenedCase, kind: str, at: datetime) -> LetterFacts:
    """Return what every letter of `kind` says as things stand."""
    row, state = case.row, case.state
    return LetterFacts(
        kind=kind,
        title=TITLES[kind],
        document_number="",
        issued_on=civil_day(at),
        party_name=get_display_name(row.party),
        number=row.number,
        official_number=row.official_number,
        query_code="",
        received_on=state.received_on,
        accepted_on=state.accepted_on,
        definition=case.definition,
    )


def preview(facts: LetterFacts) -> LetterPreview:
    """Return the letter of `facts` for a page."""
    content = letter_content(facts, public_url="")
    return LetterPreview(
        title=content["title"],
        organ=content["organ"],
        addressee=content["addressee"],
        date=content["date"],
        blocks=tuple(content["blocks"]),
    )


def _name(case: OpenedCase, slot: str) -> str:
    material = case.definition.find_material(slot)
    return material.name if material else "申请表填写内容"
