"""Whether what lies in the file suffices: trust levels, what lifts them, and what is still missing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from suban.cases.rules.state import Held
from suban.cases.types import MaterialKind
from suban.catalogue.types import Lift, Material, MaterialNeed

LIFT_OF: Final = {
    MaterialKind.REGISTER: Lift.REGISTER,
    MaterialKind.LICENCE: Lift.LICENCE,
    MaterialKind.CONFIRMATION: Lift.CONFIRMATION,
    MaterialKind.PROMISE: Lift.PROMISE,
}

_ANSWERS: Final = "answers."

AFTERWARDS: Final = frozenset({Lift.EXAMINER, Lift.ORIGINAL_BY_POST})
"""What lifts an upload after it was handed in: it may be submitted, the examiner sees that it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMaterial:
    """A material as a register or a licence gave it."""

    kind: MaterialKind
    name: str
    source: str
    fetched_at: datetime
    record: Mapping[str, Any]
    file_id: str = ""


def suffices(material: Material, held: Held) -> bool:
    """Tell whether `held` may stand in the slot: trusted enough, lifted, or liftable afterwards."""
    if material.generated:
        return held.kind is MaterialKind.GENERATED
    if held.level <= material.trust:  # "A" is more than "D"
        return True
    lift = LIFT_OF.get(held.kind)
    if lift and lift in material.lifts:
        return True
    return held.kind is MaterialKind.UPLOAD and bool(AFTERWARDS & set(material.lifts))


def missing_materials(required: Iterable[Material], held: Iterable[Held]) -> tuple[Material, ...]:
    """Return the required materials that nothing in the file satisfies."""
    by_slot: dict[str, list[Held]] = {}
    for item in held:
        by_slot.setdefault(item.slot, []).append(item)
    return tuple(
        material
        for material in required
        if material.need is MaterialNeed.REQUIRED
        and not any(suffices(material, item) for item in by_slot.get(material.slot, ()))
    )


def answers_behind(material: Material) -> frozenset[str]:
    """Return the answers that decide what a register or a company says about `material`."""
    paths = {
        path
        for lookup in material.registers
        for path in (*lookup.query.values(), *lookup.match.values())
        if path.startswith(_ANSWERS)
    }
    names = {path.removeprefix(_ANSWERS) for path in paths}
    named_in_text = set(re.findall(r"\{(\w+)\}", material.confirm_text or ""))
    return frozenset(names | named_in_text | ({material.uscc_field} if material.uscc_field else set()))
