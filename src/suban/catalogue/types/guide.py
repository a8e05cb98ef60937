"""What a service guide (办事指南) tells people besides form, materials and time limits."""

from typing import Literal

from pydantic import Field

from suban.catalogue.types.base import Key, OptionalText, Part, ShortText, Text


class Faq(Part):
    """A question people ask, with its answer."""

    question: ShortText
    answer: Text


class Contacts(Part):
    """Whom to ask and where to complain; the two numbers differ and carry their area code."""

    consult_phone: ShortText
    consult_channel: OptionalText = ""
    complaint_phone: ShortText
    complaint_channel: Text


class Place(Part):
    """The counter, for those who choose to come (优化营商环境条例 art. 37)."""

    hall: ShortText
    address: ShortText
    window: OptionalText = ""
    hours: ShortText
    transport: OptionalText = ""
    longitude: float | None = Field(default=None, ge=73, le=136)
    latitude: float | None = Field(default=None, ge=3, le=54)


class FeeItem(Part):
    """One charge (收费项目); the amount is in fen."""

    name: ShortText
    amount: int = Field(ge=0)
    unit: ShortText
    basis: ShortText
    basis_level: Literal["law", "regulation"]
    collector: ShortText
    non_tax_code: OptionalText = ""
    reducible: bool = False
    reduction_basis: OptionalText = ""


class Fee(Part):
    """Whether the matter costs anything, and what."""

    charged: bool
    text: ShortText
    items: tuple[FeeItem, ...] = ()
    online_payment: bool = False


class SituationOption(Part):
    """One branch of a guiding question."""

    label: ShortText
    advice: Text
    materials: tuple[Key, ...] = ()


class Situation(Part):
    """A guiding question (情形引导) that tells people which materials apply to them."""

    question: ShortText
    options: tuple[SituationOption, ...] = Field(min_length=2)


class Extended(Part):
    """The remaining elements of the national list of a matter (实施清单)."""

    power_source: Literal["statutory", "delegated_down", "entrusted", "peer_entrusted", "other"]
    power_source_note: OptionalText = ""
    organ_nature: Literal["statutory", "authorised", "entrusted", "other"]
    entrusting_organ: OptionalText = ""
    guiding_department: ShortText
    joint_organs: tuple[ShortText, ...] = ()
    intermediary: OptionalText = ""
    promptness: Literal["instant", "promised"]
    channels: tuple[Literal["window", "web", "mobile", "post", "other"], ...] = Field(min_length=1)
    online_depth: tuple[int, ...] = ()
    single_sign_on: bool = True
    mobile_single_sign_on: bool = True
    target_codes: tuple[Literal["1", "2", "3", "4", "5", "6"], ...] = Field(min_length=1)
    topics: tuple[ShortText, ...] = Field(min_length=1)
    service_scope: ShortText
    quantity_limit: ShortText
    special_procedures: tuple[ShortText, ...] = ()
    in_hall: bool = True
    appointment: bool = False
    self_service: bool = False
    exercise_content: OptionalText = ""
    division_of_powers: OptionalText = ""
    rights: tuple[Text, ...] = Field(min_length=1)
    duties: tuple[Text, ...] = Field(min_length=1)
    legal_time_note: OptionalText = ""
    promised_time_note: OptionalText = ""
    supervision_note: OptionalText = ""
    related: tuple[ShortText, ...] = ()
