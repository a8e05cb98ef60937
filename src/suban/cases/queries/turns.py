"""The turns beside the usual way, as pages ask for them: how a case ended, what may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from suban.cases.models import CaseText
from suban.cases.queries.assembling import texts_of
from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.queries.previews import letter_facts, preview
from suban.cases.queries.sight import find_content
from suban.cases.rules.deadlines import add_months
from suban.cases.rules.endings import GROUND_WORDS, PAPERS
from suban.cases.rules.engine import earlier_steps, open_steps
from suban.cases.types import FORM_SLOT, Act, Ending, EndingKind, EndingView, Ground, State
from suban.cases.types.desk import LetterPreview
from suban.catalogue.queries import list_organs_of
from suban.catalogue.types import MatterDefinition
from suban.foundation.services.sealing import unseal
from suban.identity.queries import find_organ, search_organs
from suban.identity.types import Actor, OrganView
from suban.kernel.clock import civil_day

MOST_ORGANS = 12
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnChoices:
    """What an officer may choose from: (value, words) each."""

    mendable: Choices
    slots: Choices
    targets: Choices
    own_step: str
    grounds: Choices
    ban_months: int


def get_turn_choices(*, actor: Actor, number: str, at: datetime) -> TurnChoices:
    """Return what may be mended, blamed or gone back to in this case.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    case = find_content(actor, number)
    definition, state = case.definition, case.state
    own = own_step(case, actor, at)
    steps = earlier_steps(state, case.terms.steps, own)
    return TurnChoices(
        mendable=tuple(
            (field.name, field.label) for field in definition.fields if field.name in case.terms.mendable
        ),
        slots=tuple((slot, _slot_name(definition, slot)) for slot in _given_slots(case)),
        targets=tuple((step.key, step.name) for step in steps),
        own_step=own,
        grounds=tuple(
            (ground.value, words)
            for ground, words in GROUND_WORDS.items()
            if case.terms.limited or ground is not Ground.QUANTITY
        ),
        ban_months=definition.law_profile.reapply_ban_months,
    )


def own_step(case: OpenedCase, actor: Actor, at: datetime) -> str:
    """Return the open review step that `actor` sits at, or nothing."""
    if case.state.state is not State.REVIEW:
        return ""
    roles = make_context(case, actor, at).roles
    mine = (
        step.key
        for step in open_steps(case.state, case.terms.steps)
        if step.role in roles and case.state.assigned.get(step.key, actor.ref) == actor.ref
    )
    return next(mine, "")


def _given_slots(case: OpenedCase) -> tuple[str, ...]:
    held = {material.slot for material in case.state.materials}
    slots = (material.slot for material in case.definition.materials if material.slot in held)
    return (FORM_SLOT, *slots)


def _slot_name(definition: MatterDefinition, slot: str) -> str:
    material = definition.find_material(slot)
    return material.name if material else "申请表填写内容"


def suggest_organs(*, actor: Actor, number: str, text: str = "") -> tuple[OrganView, ...]:
    """Return organs that may be competent: by name, or, without words, those that handle the same matter.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    case = find_content(actor, number)
    if text.strip():
        found = search_organs(text, limit=MOST_ORGANS + 1)
    else:
        codes = list_organs_of(base_code=case.definition.base_code, limit=MOST_ORGANS + 1)
        found = [organ for code in codes if (organ := find_organ(code))]
    return tuple(organ for organ in found if organ.uscc != case.row.organ_code)[:MOST_ORGANS]


def preview_turn(
    *, actor: Actor, number: str, act: Act, typed: Mapping[str, Any], at: datetime
) -> LetterPreview | None:
    """Return the letter that the turn would send; None where none is sent.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    kind = _LETTER_KINDS.get(act)
    if kind is None:
        return None
    case = find_content(actor, number)
    facts = letter_facts(case, kind, at)
    return preview(
        replace(
            facts,
            reasons=str(typed.get("reasons", "")),
            heard=str(typed.get("heard", "")),
            basis=str(typed.get("basis", "")),
            overdue=str(typed.get("overdue_reason", "")),
            ending=_foreseen(case, act, typed, at),
        )
    )


_LETTER_KINDS = {
    Act.DECLARE_NOT_NEEDED: "not_needed",
    Act.DECLARE_NOT_COMPETENT: "not_competent",
    Act.REFUSE_FALSE_MATERIAL: "false_material",
    Act.TERMINATE: "termination",
}


def _foreseen(case: OpenedCase, act: Act, typed: Mapping[str, Any], at: datetime) -> Ending:
    """Return the ending that the turn would make."""
    if act is Act.DECLARE_NOT_NEEDED:
        return Ending(kind=EndingKind.NOT_NEEDED, state=State.NOT_NEEDED)
    if act is Act.DECLARE_NOT_COMPETENT:
        organ = find_organ(str(typed.get("organ", "")))
        name = organ.name if organ else str(typed.get("organ_name", ""))
        return Ending(kind=EndingKind.NOT_COMPETENT, state=State.NOT_ACCEPTED, organ_name=name)
    if act is Act.TERMINATE:
        ground = Ground(str(typed["ground"])).value
        return Ending(kind=EndingKind.TERMINATED, state=State.TERMINATED, ground=ground)
    months = case.definition.law_profile.reapply_ban_months
    return Ending(
        kind=EndingKind.FALSE_MATERIAL,
        state=State.NOT_ACCEPTED if case.state.state is State.SUBMITTED else State.REFUSED,
        slots=tuple(str(slot) for slot in typed.get("slots", ())),
        banned_until=add_months(civil_day(at), months) if months else None,
    )


def ending_of(case: OpenedCase) -> EndingView | None:
    """Return how the case ended, if it was turned away or ended early."""
    ending, row = case.state.ending, case.row
    if ending is None:
        return None

    def words(kind: str) -> str:
        texts = texts_of(row, kind)
        return texts[-1][1] if texts else ""

    return EndingView(
        ending=ending,
        title=PAPERS[ending.kind],
        reasons=words("reasons"),
        heard=words("heard"),
        basis=words("basis"),
        materials=tuple(_slot_name(case.definition, slot) for slot in ending.slots),
    )


def mending_words(case: OpenedCase) -> str:
    """Return what the clerk wrote about slips that may be mended now."""
    text = case.row.texts.filter(kind="mending").order_by("-id").first() if case.state.mending else None
    return unseal(subject=case.row.party, sealed=bytes(text.sealed)).partition("\n")[2] if text else ""


def superseded_texts(case: OpenedCase) -> frozenset[int]:
    """Return the keys of opinions that a return to an earlier step took out of force."""
    opinions = CaseText.objects.filter(case=case.row, kind="opinion").order_by("id").values_list("pk", "key")
    last = {key: pk for pk, key in opinions}
    return frozenset(pk for pk, key in opinions if last[key] != pk or key not in case.state.opinions)
