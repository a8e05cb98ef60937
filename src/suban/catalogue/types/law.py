"""The legal side of a matter: bases, time limits with the article behind each, remedies.

What a frame allows (which move, whose hand) is code in `cases`; the profile only fills in the
numbers that a matter's own law sets.
"""

from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from suban.catalogue.types.base import Key, OptionalText, Part, ShortText, Text
from suban.catalogue.types.codes import BasisLevel

PauseKind = Literal[
    "hearing",
    "tender",
    "auction",
    "inspection",
    "testing",
    "quarantine",
    "appraisal",
    "expert_review",
]

NEED_ARTICLE: Final = (
    "anchor",
    "notice_days",
    "on_notice_lapse",
    "legal_days",
    "joint_days",
    "extension_days",
    "delivery_days",
    "publicity_days",
    "renewal_lead_days",
    "reconsideration_days",
    "litigation_months",
)


class Basis(Part):
    """One legal basis of the matter (设定依据)."""

    law: ShortText
    article: ShortText
    document_no: OptionalText = ""
    level: BasisLevel
    text: OptionalText = ""
    url: OptionalText = ""


class LawProfile(Part):
    """The time limits of a matter, each with the article that sets it.

    `articles` maps the name of a value to its article, for example
    `legal_days: 行政许可法 第四十二条`. Days are counted in `unit`; `notice_days` 0 means on the spot and
    `legal_days` 0 means complete on receipt. `reapply_ban_months` bars who gave false material from applying
    again, where the matter concerns public safety, health, life or property.
    """

    key: Key
    title: ShortText
    effective_from: date
    anchor: Literal["received", "accepted", "window_close"]
    unit: Literal["workday", "calendar"]
    notice_days: int = Field(ge=0, le=30)
    on_notice_lapse: Literal["deemed_accept", "none"]
    legal_days: int = Field(ge=0, le=365)
    legal_days_note: OptionalText = ""
    joint_days: int | None = Field(default=None, ge=1, le=365)
    extension_days: int = Field(default=0, ge=0, le=365)
    extension_times: int = Field(default=0, ge=0, le=3)
    extension_approver: OptionalText = ""
    pause_kinds: tuple[PauseKind, ...] = ()
    delivery_days: int | None = Field(default=None, ge=0, le=90)
    publicity_days: int | None = Field(default=None, ge=0, le=90)
    renewal_lead_days: int | None = Field(default=None, ge=1, le=365)
    reconsideration_days: int = Field(default=60, ge=1, le=365)
    litigation_months: int = Field(default=6, ge=1, le=24)
    reapply_ban_months: int = Field(default=0, ge=0, le=36)
    articles: dict[str, ShortText]

    @model_validator(mode="after")
    def _every_value_has_its_article(self) -> Self:
        used = [name for name in NEED_ARTICLE if getattr(self, name) not in {None, "none"}]
        if not self.extension_days:
            used.remove("extension_days")
        if self.reapply_ban_months:
            used.append("reapply_ban_months")
        if missing := [name for name in used if name not in self.articles]:
            raise ValueError(f"以下时限没有写明条款：{'、'.join(missing)}")
        if unknown := sorted(set(self.articles) - set(type(self).model_fields)):
            raise ValueError(f"articles 中有未知的名称：{'、'.join(unknown)}")
        return self

    def article(self, name: str) -> str:
        """Return the article behind the value `name`, or an empty string."""
        return self.articles.get(name, "")


class Remedies(Part):
    """Where a party may turn against a decision (行政复议, 行政诉讼)."""

    reconsideration_organ: ShortText
    reconsideration_address: ShortText
    reconsideration_phone: ShortText
    court: ShortText
    court_address: ShortText
    court_phone: OptionalText = ""
    text: Text
