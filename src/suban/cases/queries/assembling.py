"""The parts that several views of a case share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson

from suban.cases.events import FACTS
from suban.cases.models import Case, CaseForm, CaseLetter, CaseMaterial, Confirmation
from suban.cases.rules.labels import TASK_LABELS
from suban.cases.rules.letters import TITLES
from suban.cases.rules.materials import suffices
from suban.cases.rules.state import CaseState, Held, rebuild
from suban.cases.rules.timeline import tell
from suban.cases.types import (
    AddressView,
    CheckResult,
    ConfirmationView,
    DefectView,
    LetterView,
    MaterialKind,
    MaterialView,
    SlotView,
    TimelineEntry,
)
from suban.catalogue.rules import asked_materials
from suban.catalogue.types import Material, MatterDefinition, Trust
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.sealing import unseal


def answers_of(row: Case, form: CaseForm) -> dict[str, Any]:
    """Return the answers in clear."""
    answers: dict[str, Any] = orjson.loads(unseal(subject=row.party, sealed=bytes(form.answers)))
    return answers


def address_of(row: Case, form: CaseForm) -> AddressView | None:
    """Return where the result goes, if somebody said."""
    sealed = bytes(form.address)
    return AddressView(**orjson.loads(unseal(subject=row.party, sealed=sealed))) if sealed else None


def material_view(row: CaseMaterial, party: str) -> MaterialView:
    """Return a material with what the register said."""
    record = bytes(row.record)
    text = unseal(subject=party, sealed=record) if record else "{}"
    return MaterialView(
        slot=row.slot,
        key=row.key,
        kind=MaterialKind(row.kind),
        level=Trust(row.level),
        file_id=row.file_id,
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        source=row.source,
        obtained_at=row.obtained_at,
        record=orjson.loads(text) if text.startswith("{") else {"text": text},
    )


def confirmation_view(row: Confirmation) -> ConfirmationView:
    """Return a request for confirmation; `row.case` must be loaded."""
    reason = bytes(row.reason)
    return ConfirmationView(
        key=row.key,
        case=row.case.number,
        matter_name=row.case.matter_name,
        party_label=row.case.party_label,
        slot=row.slot,
        company=row.company,
        text=unseal(subject=row.case.party, sealed=bytes(row.text)),
        state=row.state,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        reason=unseal(subject=row.case.party, sealed=reason) if reason else "",
    )


def slots_of(
    row: Case,
    definition: MatterDefinition,
    answers: dict[str, Any],
    defects: Iterable[DefectView],
    today: date,
) -> tuple[SlotView, ...]:
    """Return every slot that the answers ask for, with what lies in it."""
    given: dict[str, list[MaterialView]] = {}
    for item in row.materials.filter(removed_at=None).order_by("id"):
        given.setdefault(item.slot, []).append(material_view(item, row.party))
    lookups = {lookup.slot: lookup for lookup in row.lookups.all()}
    asked = {
        request.slot: confirmation_view(request)
        for request in row.confirmations.exclude(state="cancelled").select_related("case").order_by("id")
    }
    must = {defect.slot: defect.text for defect in defects}
    slots = []
    for material in asked_materials(definition, answers, on=today):
        lookup = lookups.get(material.slot)
        there = tuple(given.get(material.slot, ()))
        confirmation = asked.get(material.slot)
        slots.append(
            SlotView(
                material=material,
                state=_slot_state(material, there, confirmation),
                lookup=lookup.outcome if lookup else "",
                lookup_source=lookup.source if lookup else "",
                lookup_at=lookup.asked_at if lookup else None,
                given=there,
                confirmation=confirmation,
                must_correct=must.get(material.slot, ""),
            ),
        )
    return tuple(slots)


def _slot_state(
    material: Material,
    given: tuple[MaterialView, ...],
    confirmation: ConfirmationView | None,
) -> str:
    held = (
        Held(slot=view.slot, key=view.key, kind=view.kind, level=view.level, commitment="") for view in given
    )
    if any(suffices(material, item) for item in held):
        return "done"
    return confirmation.state if confirmation and confirmation.state in {"asked", "declined"} else "open"


def checks_of(row: Case) -> tuple[CheckResult, ...]:
    """Return the last result of every check."""
    return tuple(
        CheckResult(
            key=check.key,
            name=check.name,
            outcome=check.outcome,
            source=check.source,
            checked_at=check.checked_at,
            detail=check.detail,
        )
        for check in row.checks.order_by("id")
    )


def texts_of(row: Case, kind: str) -> list[tuple[str, str]]:
    """Return (key, words) of the texts of one kind."""
    return [
        (text.key, unseal(subject=row.party, sealed=bytes(text.sealed)).partition("\n")[2])
        for text in row.texts.filter(kind=kind).order_by("id")
    ]


def defects_of(row: Case, definition: MatterDefinition) -> tuple[DefectView, ...]:
    """Return the lines of the correction notice."""
    lines = []
    for slot, words in texts_of(row, "defect"):
        material = definition.find_material(slot)
        lines.append(DefectView(slot=slot, name=material.name if material else "申请表填写内容", text=words))
    return tuple(lines)


def letters_of(row: Case) -> tuple[LetterView, ...]:
    """Return the letters, the newest first."""
    return tuple(letter_view(letter) for letter in row.letters.order_by("-id"))


def letter_view(letter: CaseLetter) -> LetterView:
    """Return a letter."""
    return LetterView(
        key=letter.key,
        kind=letter.kind,
        title=TITLES.get(letter.kind, letter.kind),
        document_number=letter.document_number,
        issued_on=letter.issued_on,
        file_id=letter.file_id,
    )


def state_at(number: str, seq: int) -> CaseState:
    """Return the case as its first `seq` events made it."""
    return rebuild(
        (FACTS[event.type].decode({**event.data, "case": number}), event.actor)
        for event in list_events(f"case:{number}")
        if event.seq <= seq
    )


def timeline_of(row: Case, definition: MatterDefinition) -> tuple[TimelineEntry, ...]:
    """Return the history in words, the newest first."""
    entries = [
        (FACTS[event.type].decode({**event.data, "case": row.number}), event.recorded_at, event.actor)
        for event in list_events(f"case:{row.number}")
        if event.type in FACTS
    ]
    return tell(entries, definition)


def task_label(definition: MatterDefinition | None, key: str) -> str:
    """Return the words for a task: the step's own name, or that of the act."""
    step = definition.find_step(key) if definition else None
    return step.name if step else TASK_LABELS.get(key, key)
