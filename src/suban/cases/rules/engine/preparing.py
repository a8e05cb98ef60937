"""Materials and the form, before the application goes in and while it is corrected."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.state import CaseState


def _prepare_material(case: CaseState, command: c.AddMaterial, context: Context) -> Facts:
    if command.slot not in context.terms.slots:
        raise errors.UnknownSlotError("这个事项不需要这份材料。", slot=command.slot)
    _only_what_was_asked(case, command.slot, context)
    return replace_material(case, command)


def replace_material(case: CaseState, command: c.AddMaterial) -> Facts:
    """Return the facts that put a material into its slot and take out what it replaces."""
    removed = tuple(
        e.MaterialRemoved(case=case.number, slot=command.slot, key=key)
        for key in command.replaces
        if any(held.key == key for held in case.materials)
    )
    added = e.MaterialAdded(
        case=case.number,
        slot=command.slot,
        key=command.key,
        kind=command.kind,
        level=command.level,
        commitment=command.commitment,
        source=command.source,
    )
    return (*removed, added)


def _only_what_was_asked(case: CaseState, slot: str, context: Context) -> None:
    # The form may always be mended: its document follows from the answers.
    asked = {*case.correction_slots, *context.terms.form_slots}
    if case.corrections and slot not in asked:
        raise errors.CorrectionOutsideListError("补正通知没有要求更换这份材料。", slot=slot)


def _remove_material(case: CaseState, command: c.RemoveMaterial, context: Context) -> Facts:
    if not any(held.key == command.key and held.slot == command.slot for held in case.materials):
        raise errors.UnknownSlotError("这份材料已经不在办件里了。", slot=command.slot)
    _only_what_was_asked(case, command.slot, context)
    return (e.MaterialRemoved(case=case.number, slot=command.slot, key=command.key),)


DECIDE: Final[Table] = {
    c.AddMaterial: _prepare_material,
    c.RemoveMaterial: _remove_material,
    c.ConfirmForm: lambda case, command, _context: (
        e.FormConfirmed(case=case.number, commitment=command.commitment),
    ),
    c.Discard: lambda case, _command, _context: (e.DraftDiscarded(case=case.number),),
}
