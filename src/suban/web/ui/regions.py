"""The regions a visitor can choose: Jiangsu, its cities and their counties.

Codes and names are those of the National Bureau of Statistics (2023-06), as published in the data
set china-division 2.7.0 (MIT): one province, 13 cities, 104 county-level units.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

PROVINCE: Final = "320000"


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county that pages can be shown for."""

    code: str
    name: str
    parent: str = ""

    @property
    def short_name(self) -> str:
        """Return the name without its ending for tight places (镇江市 → 镇江)."""
        return self.name[:-1] if len(self.name) > 2 and self.name[-1] in "省市" else self.name


@lru_cache(maxsize=1)
def all_regions() -> MappingProxyType[str, Region]:
    """Return every region by its six-digit code, in the order of the codes."""
    with files("suban.web.ui").joinpath("regions.csv").open(encoding="utf-8") as table:
        rows = [Region(**row) for row in csv.DictReader(table)]
    return MappingProxyType({region.code: region for region in rows})


def get_region(code: str) -> Region:
    """Return the region of `code`; the province when the code is unknown."""
    return all_regions().get(code) or all_regions()[PROVINCE]


def list_children(code: str) -> tuple[Region, ...]:
    """Return the regions directly below `code`."""
    return tuple(region for region in all_regions().values() if region.parent == code)


def region_path(code: str) -> tuple[Region, ...]:
    """Return the regions from the province down to `code`."""
    region = get_region(code)
    return (*region_path(region.parent), region) if region.parent else (region,)
