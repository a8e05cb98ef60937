"""A licence that was issued here is a material already held: the next case doesn't ask for it."""

from datetime import timedelta

import pytest

from suban.cases.errors import NotHeldError
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.drafts import start_case
from suban.cases.services.materials import use_held_material
from suban.cases.types import MaterialKind
from suban.catalogue.queries import get_matter
from suban.catalogue.services import publish_matter
from suban.catalogue.types import Lift
from suban.demo.loading import EFFECTIVE_FROM, MATTER
from suban.identity.types import SYSTEM

SLOT = "qualification_certificate"


def start_anew(office, at) -> str:
    """Publish the matter with a slot that a licence satisfies and no register knows; open a draft."""
    definition = get_matter(MATTER).definition
    own = (definition.result.type_code,)
    materials = tuple(
        material.model_copy(update={"registers": (), "licence_types": own, "lifts": (Lift.LICENCE,)})
        if material.slot == SLOT
        else material
        for material in definition.materials
    )
    changed = definition.model_copy(update={"materials": materials})
    # A fresh value: a copied model would keep the digest worked out for the original.
    publish_matter(
        definition=type(definition).model_validate(changed.model_dump(mode="json")),
        by=SYSTEM.ref,
        at=at,
        effective_from=EFFECTIVE_FROM,
    )
    return start_case(actor=office.applicant, matter_code=MATTER, at=at)


def test_a_licence_is_a_material_held_for_the_next_case(office, at) -> None:
    office.issue()
    later = at + timedelta(hours=1)
    number = start_anew(office, later)

    use_held_material(actor=office.applicant, number=number, slot=SLOT, at=later)

    slot = next(
        slot
        for slot in open_case_for(actor=office.applicant, number=number, at=later).slots
        if slot.material.slot == SLOT
    )
    assert (slot.state, slot.lookup) == ("done", "held")
    assert [given.kind for given in slot.given] == [MaterialKind.LICENCE]
    assert office.row.snapshot.count(slot.given[0].record["licence"])


def test_nobody_holds_a_licence_that_was_never_issued(office, at) -> None:
    number = start_anew(office, at)

    with pytest.raises(NotHeldError):
        use_held_material(actor=office.applicant, number=number, slot=SLOT, at=at)
