"""The values of the context: a data resource, what a register answered, who asked when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


class ResourceField(BaseModel):
    """One field of a resource, to ask by or to be answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    required: bool = True


class Resource(BaseModel):
    """An entry of the catalogue of data resources (信息资源目录).

    `echoes` names the fields in which an answer must repeat the question: an answer about somebody
    else is no answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    code: str
    service: str
    name: str
    provider: str
    sharing: str
    query: tuple[ResourceField, ...]
    fields: tuple[ResourceField, ...]
    echoes: tuple[str, ...]


class Outcome(StrEnum):
    """How a call ended."""

    FOUND = "found"
    ABSENT = "absent"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """What a register holds, with where and when; `digest` is of the canonical JSON of `data`."""

    call_id: str
    resource: str
    name: str
    source: str
    fetched_at: datetime
    data: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """The evidence of one call, without what was answered."""

    call_id: str
    resource: str
    name: str
    source: str
    purpose: str
    case: str
    by: str
    called_at: datetime
    outcome: Outcome
    reason: str
    digest: str
    milliseconds: int
