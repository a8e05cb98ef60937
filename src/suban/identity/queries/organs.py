"""Organs and divisions: public facts."""

from django.db import models

from suban.identity.errors import UnknownOrganError
from suban.identity.models import Organ, Region
from suban.identity.types import OrganView, RegionView


def get_organ(uscc: str) -> OrganView:
    """Return the organ with this USCC.

    :raises UnknownOrganError: there is none.
    """
    found = find_organ(uscc)
    if found is None:
        raise UnknownOrganError("没有这个机构，请核对统一社会信用代码。", uscc=uscc)
    return found


def find_organ(uscc: str) -> OrganView | None:
    """Return the organ with this USCC, if any."""
    row = Organ.objects.select_related("parent").filter(uscc=uscc).first()
    return _view(row) if row else None


def organ_pk(uscc: str) -> int:
    """Return the database key for a foreign key to the organ; never shown.

    :raises UnknownOrganError: there is none.
    """
    key = Organ.objects.filter(uscc=uscc).values_list("pk", flat=True).first()
    if key is None:
        raise UnknownOrganError("没有这个机构，请核对统一社会信用代码。", uscc=uscc)
    return key


def list_organs(*, region_code: str = "", under: str = "") -> list[OrganView]:
    """Return organs by USCC, of one division or below one organ (itself included) where asked."""
    rows = Organ.objects.select_related("parent").order_by("path")
    if region_code:
        rows = rows.filter(region_code=region_code)
    if under:
        rows = rows.filter(_below(under))
    return [_view(row) for row in rows]


def search_organs(text: str, *, limit: int = 20) -> list[OrganView]:
    """Return organs whose name, short name or code has `text` in it, the highest first."""
    words = text.strip()
    if not words:
        return []
    rows = Organ.objects.select_related("parent").filter(
        models.Q(name__icontains=words) | models.Q(short_name__icontains=words) | models.Q(uscc=words.upper())
    )
    return [_view(row) for row in rows.order_by("level", "path")[:limit]]


def subtree(uscc: str) -> frozenset[str]:
    """Return the USCCs of an organ and of every organ under it.

    :raises UnknownOrganError: there is no such organ.
    """
    return frozenset(Organ.objects.filter(_below(uscc)).values_list("uscc", flat=True))


def list_regions(parent: str = "") -> list[RegionView]:
    """Return the divisions directly under `parent`; under nothing stands the province."""
    rows = Region.objects.filter(parent=parent or None).order_by("code")
    return [RegionView(code=row.code, name=row.name, parent=row.parent_id or "") for row in rows]


def _below(uscc: str) -> models.Q:
    path = Organ.objects.filter(uscc=uscc).values_list("path", flat=True).first()
    if path is None:
        raise UnknownOrganError("没有这个机构，请核对统一社会信用代码。", uscc=uscc)
    return models.Q(path__startswith=path)


def _view(row: Organ) -> OrganView:
    return OrganView(
        uscc=row.uscc,
        name=row.name,
        short_name=row.short_name,
        level=row.level,
        region_code=row.region_code,
        parent=row.parent.uscc if row.parent else "",
    )
