"""The regions a visitor can choose: the province, its cities and their counties, as identity knows them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from suban.identity.queries import list_regions

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


class _Atlas:
    """The divisions, read once: they change by law, with a new version of the table and a restart."""

    def __init__(self) -> None:
        self._regions: MappingProxyType[str, Region] = MappingProxyType({})

    def read(self) -> MappingProxyType[str, Region]:
        """Return every region by its code; only the province while none is stored yet."""
        if not self._regions:
            found = _read_below("")
            if not found:
                return _ONLY_THE_PROVINCE
            self._regions = MappingProxyType(found)
        return self._regions


_ONLY_THE_PROVINCE: Final = MappingProxyType({PROVINCE: Region(PROVINCE, "江苏省")})
_ATLAS: Final = _Atlas()
_COUNTY_PARENT_END: Final = "00"


def all_regions() -> MappingProxyType[str, Region]:
    """Return every region by its six-digit code, from the province down."""
    return _ATLAS.read()


def get_region(code: str) -> Region:
    """Return the region of `code`; the province when the code is unknown."""
    regions = all_regions()
    return regions.get(code) or regions[PROVINCE]


def list_children(code: str) -> tuple[Region, ...]:
    """Return the regions directly below `code`."""
    return tuple(region for region in all_regions().values() if region.parent == code)


def region_path(code: str) -> tuple[Region, ...]:
    """Return the regions from the province down to `code`."""
    region = get_region(code)
    return (*region_path(region.parent), region) if region.parent else (region,)


def _read_below(parent: str) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for view in list_regions(parent):
        found[view.code] = Region(view.code, view.name, view.parent)
        # Townships below the counties aren't offered: nobody looks for a matter by them.
        if view.code.endswith(_COUNTY_PARENT_END):
            found |= _read_below(view.code)
    return found
