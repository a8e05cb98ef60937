"""Reads: the catalogue of data resources, the calls made for a case, and what is held from them."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

import orjson
import yaml

from suban.exchange.errors import UnknownResourceError
from suban.exchange.models import RegisterCall
from suban.exchange.types import CallView, HeldRecord, Outcome, Resource
from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import unseal

_PAGE: Final = 200


def list_resources() -> tuple[Resource, ...]:
    """Return the catalogue of data resources."""
    return tuple(_catalogue().values())


def get_resource(key: str) -> Resource:
    """Return the data resource `key`.

    :raises UnknownResourceError: the catalogue has none.
    """
    try:
        return _catalogue()[key]
    except KeyError:
        raise UnknownResourceError(key) from None


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[str, Resource]:
    text = resources.files("suban.exchange").joinpath("resources.yaml").read_text(encoding="utf-8")
    entries = (Resource.model_validate(entry) for entry in yaml.safe_load(text))
    return MappingProxyType({entry.key: entry for entry in entries})


def list_calls(case: str) -> tuple[CallView, ...]:
    """Return the evidence of the calls made for a case, the oldest first, at most 200."""
    rows = RegisterCall.objects.filter(case=case).defer("sealed_query", "sealed_answer").order_by("id")
    return tuple(_view(row) for row in rows[:_PAGE])


def list_calls_about(subject: str) -> tuple[CallView, ...]:
    """Return the latest calls whose answer is kept for `subject`, the newest first, at most 200."""
    rows = RegisterCall.objects.filter(subject=subject).defer("sealed_query", "sealed_answer").order_by("-id")
    return tuple(_view(row) for row in rows[:_PAGE])


def find_held(*, case: str, resource: str, by: str, purpose: str, at: datetime) -> HeldRecord | None:
    """Return what the last answered call of the case brought from `resource`, without asking again.

    The read is logged for the person or company whom the record is about.
    """
    row = (
        RegisterCall.objects.filter(case=case, resource=resource)
        .exclude(outcome=Outcome.DOWN)
        .order_by("-id")
        .first()
    )
    if row is None or row.sealed_answer is None:
        return None
    record_read(subject=row.subject, by=by, purpose=purpose, what=(resource,), case=case, at=at)
    described = get_resource(resource)
    return HeldRecord(
        call_id=row.call_id,
        resource=resource,
        name=described.name,
        source=described.provider,
        fetched_at=row.called_at,
        data=orjson.loads(unseal(subject=row.subject, sealed=bytes(row.sealed_answer))),
        digest=row.digest,
    )


def _view(row: RegisterCall) -> CallView:
    described = get_resource(row.resource)
    return CallView(
        call_id=row.call_id,
        resource=row.resource,
        name=described.name,
        source=described.provider,
        purpose=row.purpose,
        case=row.case,
        by=row.by,
        called_at=row.called_at,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        digest=row.digest,
        milliseconds=row.milliseconds,
    )
