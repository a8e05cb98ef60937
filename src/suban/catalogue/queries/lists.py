"""Lists of matters: by region, by words. A constant number of queries, whatever the length."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Count, Min, Q, QuerySet

from suban.catalogue.models import Matter
from suban.catalogue.types import MatterCard, MatterPage, Target
from suban.foundation.queries.search import search_documents

PAGE: Final = 20
LONGEST_PAGE: Final = 100
CANDIDATES: Final = 300
SEARCH_KIND: Final = "matter"


def list_matters(
    *, region: str = "", target: str = "", organ: str = "", cursor: str = "", limit: int = PAGE
) -> MatterPage:
    """Return the matters in force that a person in `region` may apply for, by code, a page at a time."""
    limit = min(max(limit, 1), LONGEST_PAGE)
    rows = _narrowed(region=region, target=target)
    if organ:
        rows = rows.filter(organ_code=organ)
    found = list(rows.filter(code__gt=cursor).order_by("code")[: limit + 1])
    following = found[limit - 1].code if len(found) > limit else ""
    return MatterPage(cards=tuple(_card(row) for row in found[:limit]), next_cursor=following)


def list_common_matters(*, region: str = "", limit: int = PAGE) -> tuple[tuple[MatterCard, int], ...]:
    """Return what most organs in `region` handle, each matter once, with the number of its organs."""
    kinds = list(
        _narrowed(region=region)
        .values("base_code")
        .annotate(first=Min("code"), organs=Count("id"))
        .order_by("-organs", "base_code")[:limit]
    )
    cards = find_matters_by_codes(kind["first"] for kind in kinds)
    return tuple((cards[kind["first"]], kind["organs"]) for kind in kinds)


def search_matters(
    text: str, *, region: str = "", target: str = "", limit: int = PAGE
) -> tuple[MatterCard, ...]:
    """Return the matters that the words of a person speak of, best first."""
    hits = search_documents(kind=SEARCH_KIND, text=text, limit=CANDIDATES)
    place = {hit.key: number for number, hit in enumerate(hits)}
    if not place and text.strip().isalnum() and text.strip().isascii():
        rows = _narrowed(region=region, target=target).filter(code__startswith=text.strip().upper())
        return tuple(_card(row) for row in rows.order_by("code")[:limit])
    rows = _narrowed(region=region, target=target).filter(code__in=place)
    return tuple(_card(row) for row in sorted(rows, key=lambda row: place[row.code])[:limit])


def find_matters_by_codes(codes: Iterable[str]) -> dict[str, MatterCard]:
    """Return the cards of the matters in force among `codes`, by code."""
    return {row.code: _card(row) for row in _in_force().filter(code__in=list(codes))}


def list_organs_of(*, base_code: str, limit: int = PAGE) -> list[str]:
    """Return the codes of the organs that handle the matter of `base_code`, by place."""
    rows = _in_force().filter(base_code=base_code).order_by("region_code", "organ_code")
    return list(rows.values_list("organ_code", flat=True).distinct()[:limit])


def count_matters(*, region: str = "") -> int:
    """Return how many matters are in force for `region`."""
    return _narrowed(region=region).count()


def _in_force() -> QuerySet[Matter]:
    return Matter.objects.filter(current__isnull=False, withdrawn_at__isnull=True)


def _narrowed(*, region: str = "", target: str = "") -> QuerySet[Matter]:
    rows = _in_force()
    if region:
        # What is handled here and below, and what the city and the province handle for everyone.
        above = {region[:6], f"{region[:4]}00", f"{region[:2]}0000"}
        rows = rows.filter(Q(region_code__startswith=_prefix(region)) | Q(region_code__in=above))
    if target in {Target.PERSON, Target.COMPANY}:
        rows = rows.filter(target__in=[target, Target.BOTH])
    return rows


def _prefix(region: str) -> str:
    for length in (2, 4):
        if region[length:] == "0" * (6 - length):
            return region[:length]
    return region


def _card(row: Matter) -> MatterCard:
    return MatterCard(
        code=row.code,
        version=row.current_number,
        name=row.name,
        plain_name=row.plain_name,
        summary=row.summary,
        frame=row.frame,
        target=row.target,
        organ=row.organ_code,
        organ_name=row.organ_name,
        region_code=row.region_code,
        promised_days=row.promised_days,
        on_site_visits=row.on_site_visits,
        charged=row.charged,
    )
