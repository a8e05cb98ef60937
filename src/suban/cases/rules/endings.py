"""What it means to a case that it was turned away, refused for false material, or ended early."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from suban.cases import events as e
from suban.cases.types import Ending, EndingKind, Ground, State

Changes = dict[str, Any]

ENDED: Final = frozenset({State.NOT_NEEDED, State.NOT_ACCEPTED, State.TERMINATED})
"""The states of a case that ended without a decision on the application; its paper isn't delivered yet."""

PAPERS: Final[Mapping[EndingKind, str]] = MappingProxyType(
    {
        EndingKind.NOT_NEEDED: "不受理告知书",
        EndingKind.NOT_COMPETENT: "不予受理决定书",
        EndingKind.FALSE_MATERIAL: "虚假材料处理决定书",
        EndingKind.TERMINATED: "终止办理通知书",
    },
)

GROUND_WORDS: Final[Mapping[Ground, str]] = MappingProxyType(
    {
        Ground.APPLICANT_GONE: "申请人死亡、丧失行为能力，或者法人、其他组织终止",
        Ground.QUANTITY: "有数量限制的许可，数量已经用完",
        Ground.LAW_CHANGED: "许可所依据的法律、法规、规章修改或者废止",
    },
)


def not_needed(fact: e.CaseNotNeeded, by: str) -> Changes:
    """Return what changes when no licence is needed."""
    return _end(Ending(kind=EndingKind.NOT_NEEDED, state=State.NOT_NEEDED), fact, by)


def not_competent(fact: e.CaseNotCompetent, by: str) -> Changes:
    """Return what changes when another organ is competent."""
    ending = Ending(
        kind=EndingKind.NOT_COMPETENT,
        state=State.NOT_ACCEPTED,
        organ=fact.organ,
        organ_name=fact.organ_name,
    )
    return _end(ending, fact, by)


def false_material(fact: e.FalseMaterialFound, by: str) -> Changes:
    """Return what changes when false material was found: refused once accepted, not accepted before."""
    ending = Ending(
        kind=EndingKind.FALSE_MATERIAL,
        state=State.REFUSED if fact.accepted else State.NOT_ACCEPTED,
        slots=fact.slots,
        banned_until=fact.banned_until,
    )
    return {**_end(ending, fact, by), "granted": False if fact.accepted else None}


def terminated(fact: e.CaseTerminated, by: str) -> Changes:
    """Return what changes when the procedure ends early."""
    return _end(
        Ending(kind=EndingKind.TERMINATED, state=State.TERMINATED, ground=fact.ground.value), fact, by
    )


def _end(
    ending: Ending,
    fact: e.CaseNotNeeded | e.CaseNotCompetent | e.FalseMaterialFound | e.CaseTerminated,
    by: str,
) -> Changes:
    return {"state": ending.state, "ending": ending, "decided_on": fact.decided_on, "decided_by": by}
