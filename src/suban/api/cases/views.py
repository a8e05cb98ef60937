"""How cases look from outside."""

from datetime import date, datetime
from typing import Any

from suban.api.schemas import Answer
from suban.cases.types import ApplicantCase, EndingView, RemedyView, SlotView


class CheckOut(Answer):
    """An automatic check and its answer: pass, fail or unknown."""

    key: str
    name: str
    outcome: str
    source: str
    checked_at: datetime
    detail: str


class FaultOut(Answer):
    """Something that still stands in the way of submitting."""

    where: str
    key: str
    message: str


class ReasonOut(Answer):
    """One line of a derivation, with its article."""

    text: str
    article: str


class DeadlineOut(Answer):
    """A day by which something must have happened, and why that day."""

    kind: str
    due_on: date
    because: list[ReasonOut]
    provisional: bool


class EntryOut(Answer):
    """One line of the history."""

    at: datetime
    kind: str
    title: str
    detail: str
    who: str
    article: str


class LetterOut(Answer):
    """A letter of the case; `ready` says that its file may be fetched."""

    key: str
    kind: str
    title: str
    document_number: str
    issued_on: date
    ready: bool


class DefectOut(Answer):
    """One line of a correction notice."""

    slot: str
    name: str
    text: str


class AddressOut(Answer):
    """Where the result is sent."""

    name: str
    phone: str
    address: str


class MaterialOut(Answer):
    """A material in the file; `key` fetches or removes it."""

    key: str
    kind: str
    level: str
    name: str
    size: int
    media_type: str
    source: str
    obtained_at: datetime
    has_file: bool


class ConfirmationOut(Answer):
    """A company's confirmation: asked, confirmed, declined or cancelled."""

    key: str
    case: str
    matter_name: str
    party_label: str
    slot: str
    company: str
    text: str
    state: str
    asked_at: datetime
    answered_at: datetime | None
    reason: str


class SlotOut(Answer):
    """What is asked for, which ways give it, and what is there.

    `state` is done, open, asked or declined; `ways` are among held, form, company, promise, upload.
    """

    slot: str
    name: str
    need: str
    trust: str
    media_types: list[str]
    max_count: int
    state: str
    ways: list[str]
    lookup: str
    lookup_source: str
    lookup_at: datetime | None
    must_correct: str
    given: list[MaterialOut]
    confirmation: ConfirmationOut | None


class EndingOut(Answer):
    """How a case ended that was turned away, or ended early."""

    kind: str
    title: str
    reasons: str
    basis: str
    ground: str
    organ: str
    organ_name: str
    materials: list[str]
    banned_until: date | None


class RemedyOut(Answer):
    """What may be complained of now, where and until when; without a day while nothing is served."""

    against: str
    law: str
    organ: str
    address: str
    phone: str
    deadline: DeadlineOut | None
    too_late: str


class CaseOut(Answer):
    """A case as its applicant sees it."""

    number: str
    official_number: str
    query_code: str
    matter_code: str
    matter_name: str
    organ: str
    organ_name: str
    frame: str
    state: str
    state_label: str
    answers: dict[str, Any]
    revision: int
    saved_at: datetime
    confirmed: bool
    delivery: str
    address: AddressOut | None
    slots: list[SlotOut]
    checks: list[CheckOut]
    problems: list[FaultOut]
    received_at: datetime | None
    accepted_on: date | None
    decided_on: date | None
    served_on: date | None
    deadlines: list[DeadlineOut]
    defects: list[DefectOut]
    reasons: str
    letters: list[LetterOut]
    result: str
    result_number: str
    timeline: list[EntryOut]
    may: list[str]
    ending: EndingOut | None
    mending: list[str]
    mending_words: str
    remedy: RemedyOut | None


class LineOut(Answer):
    """A case in one's own list."""

    number: str
    matter_name: str
    organ_name: str
    state: str
    state_label: str
    due_on: date | None
    due_kind: str
    started_at: datetime
    received_at: datetime | None


class ReceiptOut(Answer):
    """What one gets for a submission."""

    number: str
    official_number: str
    query_code: str
    received_at: datetime
    received_on: date
    state: str


def slot_out(slot: SlotView) -> SlotOut:
    """Return a slot with the ways that are open for it."""
    material = slot.material
    offered = (
        ("held", material.registers or material.licence_types),
        ("form", material.generated),
        ("company", material.confirm_by),
        ("promise", material.promise_allowed),
        ("upload", not material.generated),
    )
    return SlotOut(
        slot=material.slot,
        name=material.name,
        need=material.need,
        trust=material.trust,
        media_types=list(material.media_types),
        max_count=material.max_count,
        state=slot.state,
        ways=[way for way, is_open in offered if is_open],
        lookup=slot.lookup,
        lookup_source=slot.lookup_source,
        lookup_at=slot.lookup_at,
        must_correct=slot.must_correct,
        given=[material_out(given) for given in slot.given],
        confirmation=ConfirmationOut.model_validate(slot.confirmation) if slot.confirmation else None,
    )


def material_out(given: Any) -> MaterialOut:
    """Return a material without the id of its file: it is fetched by case and key."""
    return MaterialOut(
        key=given.key,
        kind=given.kind,
        level=given.level,
        name=given.name,
        size=given.size,
        media_type=given.media_type,
        source=given.source,
        obtained_at=given.obtained_at,
        has_file=bool(given.file_id),
    )


def letter_out(letter: Any) -> LetterOut:
    """Return a letter; `ready` instead of the id of its file."""
    return LetterOut(
        key=letter.key,
        kind=letter.kind,
        title=letter.title,
        document_number=letter.document_number,
        issued_on=letter.issued_on,
        ready=bool(letter.file_id),
    )


def _ending_out(view: EndingView) -> EndingOut:
    ending = view.ending
    return EndingOut(
        kind=ending.kind,
        title=view.title,
        reasons=view.reasons,
        basis=view.basis,
        ground=ending.ground,
        organ=ending.organ,
        organ_name=ending.organ_name,
        materials=list(view.materials),
        banned_until=ending.banned_until,
    )


def _remedy_out(view: RemedyView) -> RemedyOut:
    complaint = view.complaint
    return RemedyOut(
        against=complaint.against,
        law=complaint.law,
        organ=view.organ,
        address=view.address,
        phone=view.phone,
        deadline=DeadlineOut.model_validate(complaint.deadline) if complaint.deadline else None,
        too_late=view.too_late,
    )


def case_out(case: ApplicantCase) -> CaseOut:
    """Return a case as its applicant sees it."""
    parts: dict[str, Any] = {
        "slots": [slot_out(slot) for slot in case.slots],
        "letters": [letter_out(letter) for letter in case.letters],
        "may": sorted(case.may),
        "ending": _ending_out(case.ending) if case.ending else None,
        "remedy": _remedy_out(case.remedy) if case.remedy else None,
    }
    for name in CaseOut.model_fields:
        if name not in parts:
            parts[name] = getattr(case, name)
    return CaseOut.model_validate(parts)
