"""The words of the catalogue: the definition of a matter and what queries answer with."""

from suban.catalogue.types.base import Part
from suban.catalogue.types.codes import (
    BasisLevel,
    DeliveryChannel,
    FieldType,
    Frame,
    Lift,
    MaterialMedium,
    MaterialNeed,
    MaterialSource,
    ResultKind,
    StepRole,
    Target,
    Trust,
)
from suban.catalogue.types.definition import MatterDefinition
from suban.catalogue.types.flow import (
    Check,
    ExternalHandling,
    FaceField,
    FlowStage,
    ResultTemplate,
    ReviewStep,
)
from suban.catalogue.types.form import Field, Option, Section
from suban.catalogue.types.guide import (
    Contacts,
    Extended,
    Faq,
    Fee,
    FeeItem,
    Place,
    Situation,
    SituationOption,
)
from suban.catalogue.types.law import Basis, LawProfile, PauseKind, Remedies
from suban.catalogue.types.materials import Material, RegisterLookup
from suban.catalogue.types.published import (
    FieldError,
    Finding,
    MatterCard,
    MatterPage,
    PublishedMatter,
    VersionLine,
)

__all__ = [
    "Basis",
    "BasisLevel",
    "Check",
    "Contacts",
    "DeliveryChannel",
    "Extended",
    "ExternalHandling",
    "FaceField",
    "Faq",
    "Fee",
    "FeeItem",
    "Field",
    "FieldError",
    "FieldType",
    "Finding",
    "FlowStage",
    "Frame",
    "LawProfile",
    "Lift",
    "Material",
    "MaterialMedium",
    "MaterialNeed",
    "MaterialSource",
    "MatterCard",
    "MatterDefinition",
    "MatterPage",
    "Option",
    "Part",
    "PauseKind",
    "Place",
    "PublishedMatter",
    "RegisterLookup",
    "Remedies",
    "ResultKind",
    "ResultTemplate",
    "ReviewStep",
    "Section",
    "Situation",
    "SituationOption",
    "StepRole",
    "Target",
    "Trust",
    "VersionLine",
]
