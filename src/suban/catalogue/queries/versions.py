"""Single matters and their versions. A version never changes, so it is kept once read."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

import jsonschema_rs
from django.db import connection

from suban.catalogue.errors import MatterWithdrawnError, UnknownMatterError
from suban.catalogue.models import Matter, MatterVersion
from suban.catalogue.rules import compile_form, structure_faults
from suban.catalogue.types import FieldError, MatterDefinition, PublishedMatter, VersionLine
from suban.foundation.services.transactions import run_after_commit

KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class _Kept:
    matter: PublishedMatter
    form: jsonschema_rs.Draft202012Validator


class _Shelf:
    """The versions read last, with their compiled forms; bounded, shared by the threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, version_id: int) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(version_id)
            if kept is not None:
                self._kept.move_to_end(version_id)
            return kept

    def put(self, version_id: int, kept: _Kept) -> None:
        with self._lock:
            self._kept[version_id] = kept
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_SHELF: Final = _Shelf()


def get_version(version_id: int) -> PublishedMatter:
    """Return one published version, in force or not, withdrawn or not; from memory if it was read before.

    :raises UnknownMatterError: there is no such version.
    """
    return _get(version_id).matter


def get_matter(code: str, *, on: date | None = None) -> PublishedMatter:
    """Return the version of `code` in force now, or the one that applied on the day `on`.

    :raises UnknownMatterError: no version is or was in force.
    :raises MatterWithdrawnError: it may not be applied for any more; only asked without `on`.
    """
    if on is not None:
        return get_version(_version_on(code, on))
    row = Matter.objects.filter(code=code).values("current", "withdrawn_at", "withdrawn_reason").first()
    if row is None or row["current"] is None:
        raise UnknownMatterError("没有这个事项，请核对编码，或用名称搜索。", code=code)
    if row["withdrawn_at"] is not None:
        raise MatterWithdrawnError(f"该事项已停止办理：{row['withdrawn_reason']}", code=code)
    return get_version(row["current"])


def list_versions(code: str) -> tuple[VersionLine, ...]:
    """Return the history of `code`, newest first; empty when it was never published."""
    rows = MatterVersion.objects.filter(matter__code=code).defer("definition").order_by("-version")
    return tuple(
        VersionLine(
            version_id=row.pk,
            version=row.version,
            digest=row.digest,
            status=row.status,
            effective_from=row.effective_from,
            published_at=row.published_at,
            published_by=row.published_by,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in rows
    )


def find_structure_faults(version_id: int, answers: Mapping[str, Any]) -> tuple[FieldError, ...]:
    """Return the answers of a draft that aren't of their type, by the compiled form of the version.

    :raises UnknownMatterError: there is no such version.
    """
    return structure_faults(_get(version_id).form, answers)


def forget_versions() -> None:
    """Drop what was kept; for tests that put another database in place."""
    _SHELF.clear()


def _get(version_id: int) -> _Kept:
    return _SHELF.find(version_id) or _read(version_id)


def _read(version_id: int) -> _Kept:
    row = MatterVersion.objects.select_related("matter").filter(pk=version_id).first()
    if row is None:
        raise UnknownMatterError("没有这个事项版本。", version_id=version_id)
    definition = MatterDefinition.model_validate_json(row.definition)
    matter = PublishedMatter(
        version_id=row.pk,
        code=row.matter.code,
        version=row.version,
        digest=row.digest,
        definition=definition,
        published_at=row.published_at,
        effective_from=row.effective_from,
    )
    kept = _Kept(matter, compile_form(definition))
    if connection.in_atomic_block:
        # What this transaction wrote may still be rolled back; then its number means something else later.
        run_after_commit(lambda: _SHELF.put(version_id, kept))
    else:
        _SHELF.put(version_id, kept)
    return kept


def _version_on(code: str, on: date) -> int:
    versions = MatterVersion.objects.filter(matter__code=code, effective_from__lte=on).order_by("-version")
    version_id = versions.values_list("pk", flat=True).first()
    if version_id is None:
        raise UnknownMatterError("这一天还没有这个事项的有效版本。", code=code, on=on.isoformat())
    return version_id
