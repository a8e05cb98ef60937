"""The materials of a matter: what is asked for, what suffices, and what makes asking needless."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from suban.catalogue.types.base import Expression, Key, OptionalText, Part, Path, ShortText
from suban.catalogue.types.codes import Lift, MaterialMedium, MaterialNeed, MaterialSource, Trust

ResourceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
MediaType = Annotated[str, StringConstraints(pattern=r"^(application|image|text)/[a-z0-9.+-]{1,100}$")]


class RegisterLookup(Part):
    """A question to a register: the resource, and where each query value comes from.

    `match` maps a field of the record to the value it must equal; a record that doesn't match is
    not this person's.
    """

    resource: ResourceName
    title: ShortText
    query: dict[Key, Path] = Field(min_length=1)
    match: dict[Key, Path] = Field(default_factory=dict)
    shows: dict[Key, ShortText] = Field(default_factory=dict)
    article: OptionalText = ""


class Material(Part):
    """One material (申请材料) with its slot on the materials page.

    `registers` replace it when every one of them answers; a valid licence of one of `licence_types`
    replaces it too. `generated` is the form document made from the answers and confirmed by the
    applicant. `condition` says when it is asked for at all.
    """

    slot: Key
    name: ShortText
    source: MaterialSource
    source_note: OptionalText = ""
    issuer: OptionalText = ""
    trust: Trust
    lifts: tuple[Lift, ...] = ()
    need: MaterialNeed = MaterialNeed.REQUIRED
    medium: MaterialMedium = MaterialMedium.ELECTRONIC
    kind: Literal["original", "copy", "either"] = "original"
    paper_copies: int = Field(default=0, ge=0, le=20)
    media_types: tuple[MediaType, ...] = ("application/pdf", "image/jpeg", "image/png")
    max_count: int = Field(default=1, ge=1, le=20)
    registers: tuple[RegisterLookup, ...] = ()
    licence_types: tuple[ShortText, ...] = ()
    confirm_by: Literal["company"] | None = None
    uscc_field: Key | None = None
    confirm_text: OptionalText = ""
    promise_allowed: bool = False
    promise_text: OptionalText = ""
    condition: Expression = ""
    condition_text: OptionalText = ""
    max_age_days: int | None = Field(default=None, ge=1, le=3660)
    date_field: Key | None = None
    generated: bool = False
    is_proof: bool = False
    basis: ShortText
    standard: OptionalText = ""
    notes: OptionalText = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needs = (
            (
                self.confirm_by,
                self.uscc_field and self.confirm_text,
                "confirm_by 需要 uscc_field 和 confirm_text",
            ),
            (self.promise_allowed, self.promise_text, "promise_allowed 需要 promise_text"),
            (self.max_age_days, self.date_field, "max_age_days 需要 date_field"),
            (self.condition, self.condition_text, "condition 需要 condition_text 用文字说明"),
        )
        if broken := [words for first, second, words in needs if bool(first) and not second]:
            raise ValueError("；".join(broken))
        return self
