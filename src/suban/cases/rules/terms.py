"""What a matter's definition says about procedure: the few things the engine asks of it."""

from dataclasses import dataclass
from typing import Self

from suban.cases.rules.materials import answers_behind
from suban.cases.rules.mending import is_limited, mendable_fields
from suban.cases.types import FORM_SLOT
from suban.catalogue.types import LawProfile, MatterDefinition, ReviewStep
from suban.kernel.references import make_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of one version of a matter.

    `steps` are those of the review; the decision is an act of its own. `instant` says that it is
    decided on the spot (即办件). `slots` is everything that may be asked for; `form_slots` are those that
    follow from the answers: whoever may mend an answer may make them anew. `mendable` are the fields on
    which nothing else rests; `limited` says that only so many licences are given. `handler` is the reference
    of the department's own system that handles the matter, empty where officers do it here.
    """

    profile: LawProfile
    promised_days: int
    steps: tuple[ReviewStep, ...] = ()
    separation: bool = True
    instant: bool = False
    slots: frozenset[str] = frozenset()
    form_slots: frozenset[str] = frozenset({FORM_SLOT})
    mendable: frozenset[str] = frozenset()
    limited: bool = False
    handler: str = ""

    @classmethod
    def of(cls, definition: MatterDefinition) -> Self:
        """Return the terms that `definition` sets."""
        from_answers = frozenset(
            material.slot
            for material in definition.materials
            if material.generated or answers_behind(material)
        )
        return cls(
            profile=definition.law_profile,
            promised_days=definition.promised_days,
            steps=tuple(step for step in definition.steps if step.kind != "decide"),
            # Within a department's own system it separates the seats itself; only the system acts here.
            separation=definition.separation and definition.handled_by is None,
            instant=definition.extended.promptness == "instant",
            slots=frozenset(material.slot for material in definition.materials) | {FORM_SLOT},
            form_slots=from_answers | {FORM_SLOT},
            mendable=mendable_fields(definition),
            limited=is_limited(definition),
            handler=make_ref("system", definition.handled_by.system) if definition.handled_by else "",
        )
