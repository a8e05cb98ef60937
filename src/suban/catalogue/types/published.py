"""What queries and rules of the catalogue answer with: frozen values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime

from suban.catalogue.types.definition import MatterDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMatter:
    """One published version of a matter."""

    version_id: int
    code: str
    version: int
    digest: str
    definition: MatterDefinition
    published_at: datetime
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterCard:
    """A matter in a list: what a person needs to recognise it."""

    code: str
    version: int
    name: str
    plain_name: str
    summary: str
    frame: str
    target: str
    organ: str
    organ_name: str
    region_code: str
    promised_days: int
    on_site_visits: int
    charged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """A page of a list; `next_cursor` is empty on the last one."""

    cards: tuple[MatterCard, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One line of a matter's history."""

    version_id: int
    version: int
    digest: str
    status: str
    effective_from: date
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """A wrong or missing answer, with the words that mend it."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the lint says about a definition: the place, the rule, and how to mend it."""

    path: str
    rule: str
    message: str
