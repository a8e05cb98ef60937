"""The definition of a matter (业务办理项): everything the guide shows and the engine needs."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field as Limited
from pydantic import StringConstraints

from suban.catalogue.types.base import OptionalText, Part, RegionCode, ShortText, Text, Uscc
from suban.catalogue.types.codes import DeliveryChannel, Frame, Target
from suban.catalogue.types.flow import Check, ExternalHandling, FlowStage, ResultTemplate, ReviewStep
from suban.catalogue.types.form import Field, Section
from suban.catalogue.types.guide import Contacts, Extended, Faq, Fee, Place, Situation
from suban.catalogue.types.law import Basis, LawProfile, Remedies
from suban.catalogue.types.materials import Material
from suban.kernel.canonical import canonical_json, digest


class MatterDefinition(Part):
    """One matter of one organ, as published: immutable, versioned, pinned by the cases it starts."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}[1-7][0-9]{14}$")]
    base_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
    code_scheme: Literal["gb39554-2020"] = "gb39554-2020"
    name: ShortText
    plain_name: ShortText
    summary: Text
    keywords: tuple[ShortText, ...] = ()
    frame: Frame
    kind: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
    organ: Uscc
    organ_name: ShortText
    organ_level: Annotated[str, StringConstraints(pattern=r"^[1-7]$")]
    region_code: RegionCode
    target: Target
    realname_level: int = Limited(ge=0, le=4)
    bases: tuple[Basis, ...] = Limited(min_length=1)
    conditions: tuple[Text, ...] = Limited(min_length=1)
    not_allowed: tuple[Text, ...] = ()
    law_profile: LawProfile
    promised_days: int = Limited(ge=0, le=365)
    on_site_visits: int = Limited(ge=0, le=9)
    on_site_reason: OptionalText = ""
    fee: Fee
    result: ResultTemplate
    form: tuple[Section, ...] = Limited(min_length=1)
    materials: tuple[Material, ...] = ()
    situations: tuple[Situation, ...] = ()
    steps: tuple[ReviewStep, ...] = ()
    checks: tuple[Check, ...] = ()
    handled_by: ExternalHandling | None = None
    automatic: bool = False
    separation: bool = True
    delivery: tuple[DeliveryChannel, ...] = Limited(min_length=1)
    materials_by_post: bool = False
    postage: ShortText
    flow: tuple[FlowStage, ...] = Limited(min_length=1)
    faq: tuple[Faq, ...] = ()
    contacts: Contacts
    place: Place
    remedies: Remedies
    notes: tuple[Text, ...] = ()
    extended: Extended

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with changes; what was derived from the old content isn't copied."""
        copied = super().model_copy(update=update, deep=deep)
        for name in ("fields", "canonical", "digest"):
            copied.__dict__.pop(name, None)
        return copied

    @property
    def implementation_code(self) -> str:
        """The 31 digits that name the power of this organ (实施编码)."""
        return self.code[:31]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the form, in order."""
        return tuple(field for section in self.form for field in section.fields)

    @cached_property
    def canonical(self) -> str:
        """The canonical JSON text; the same definition always gives the same bytes."""
        return canonical_json(self.model_dump(mode="json")).decode()

    @cached_property
    def digest(self) -> str:
        """The named digest of the canonical text."""
        return digest(self.canonical.encode())

    def find_field(self, name: str) -> Field | None:
        """Return the field called `name`, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def find_material(self, slot: str) -> Material | None:
        """Return the material of `slot`, or None."""
        return next((material for material in self.materials if material.slot == slot), None)

    def find_step(self, key: str) -> ReviewStep | None:
        """Return the review step called `key`, or None."""
        return next((step for step in self.steps if step.key == key), None)
