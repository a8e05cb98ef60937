"""Organs in their tree, and the divisions they serve."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources

from suban.foundation.services.transactions import transaction
from suban.identity.errors import OrganExistsError, UnknownOrganError
from suban.identity.models import GrantRow, Organ, Region, Staff
from suban.identity.rules import ancestors, check_level, check_region_code, clean_name, organ_path
from suban.identity.services.accounts import bump_grants_version
from suban.identity.types import RegionView
from suban.kernel.identifiers import check_uscc
from suban.kernel.references import Ref, make_ref


def register_organ(
    *,
    uscc: str,
    name: str,
    short_name: str,
    level: str,
    region_code: str,
    parent: str = "",
    at: datetime,
) -> Ref:
    """Register an organ under its parent; rights over the parent reach it at once.

    :raises InvalidIdentifierError: the code can't be a unified social credit code.
    :raises InvalidDetailsError: level or division code is malformed.
    :raises OrganExistsError: the code is registered already.
    :raises UnknownOrganError: there is no such parent.
    """
    check_uscc(uscc)
    check_level(level)
    check_region_code(region_code)
    with transaction():
        above = _parent(parent)
        if Organ.objects.filter(uscc=uscc).exists():
            raise OrganExistsError("这个机构已登记。", field="uscc")
        row = Organ.objects.create(
            uscc=uscc,
            name=clean_name(name),
            short_name=clean_name(short_name, field="short_name"),
            level=level,
            region_code=region_code,
            parent=above,
            path=organ_path(above.path if above else "", uscc),
            registered_at=at,
        )
        _tell_holders_above(row)
    return make_ref("organ", uscc)


def import_regions(rows: Iterable[RegionView]) -> int:
    """Write divisions, parents before children; known codes get the new name. Return how many.

    :raises InvalidDetailsError: a code has the wrong length.
    """
    divisions = []
    for row in rows:
        check_region_code(row.code)
        divisions.append(Region(code=row.code, name=row.name, parent_id=row.parent or None))
    with transaction():
        Region.objects.bulk_create(
            divisions,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "parent"],
        )
    return len(divisions)


def import_regions_of_jiangsu() -> int:
    """Write the divisions that ship with the software; see the head of the file for their source."""
    return import_regions(_bundled_regions())


def _bundled_regions() -> Iterator[RegionView]:
    text = resources.files("suban.identity").joinpath("regions-jiangsu.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines):
        yield RegionView(code=row["code"], name=row["name"], parent=row["parent"])


def _parent(uscc: str) -> Organ | None:
    if not uscc:
        return None
    row = Organ.objects.filter(uscc=uscc).first()
    if row is None:
        raise UnknownOrganError("没有上级机构，请先登记上级。", field="parent")
    return row


def _tell_holders_above(row: Organ) -> None:
    grants = GrantRow.objects.filter(organ__uscc__in=ancestors(row.path), revoked_at__isnull=True)
    people = Staff.objects.filter(grants__in=grants) | Staff.objects.filter(post__grants__in=grants)
    bump_grants_version(*people.values_list("user_id", flat=True).distinct())
