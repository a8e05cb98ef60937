"""The organs and matters of the demo: one pharmacist's registration per city, filings in some districts."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from suban.catalogue.rules import load_definition
from suban.catalogue.types import MatterDefinition
from suban.demo.people import FILING_ORGAN, FOOD_ORGAN, ORGAN, PROVINCE, TRANSPORT_ORGAN
from suban.kernel.identifiers import is_valid_organ_code, is_valid_uscc

CITIES: Final = {
    "3201": ("南京", "025"),
    "3202": ("无锡", "0510"),
    "3203": ("徐州", "0516"),
    "3204": ("常州", "0519"),
    "3205": ("苏州", "0512"),
    "3206": ("南通", "0513"),
    "3207": ("连云港", "0518"),
    "3208": ("淮安", "0517"),
    "3209": ("盐城", "0515"),
    "3210": ("扬州", "0514"),
    "3211": ("镇江", "0511"),
    "3212": ("泰州", "0523"),
    "3213": ("宿迁", "0527"),
}
"""Division code to name and area code (NBS codes; area codes of the public telephone plan)."""

HOME: Final = "3211"
_SAMPLE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrgan:
    """A made-up organ with a code that checks."""

    uscc: str
    name: str
    short_name: str
    level: str
    region_code: str
    parent: str


def list_organs() -> Iterator[DemoOrgan]:
    """Return the province's office, every city's market regulator, and the district that takes filings."""
    yield DemoOrgan(
        uscc=PROVINCE,
        name="江苏省政务服务管理办公室（演示）",
        short_name="苏政务",
        level="2",
        region_code="320000",
        parent="",
    )
    for code, (city, _) in CITIES.items():
        yield DemoOrgan(
            uscc=city_organ(code),
            name=f"{city}市市场监督管理局（演示）",
            short_name=f"{city[0]}市监",
            level="3",
            region_code=f"{code}00",
            parent=PROVINCE,
        )
    yield DemoOrgan(
        uscc=FILING_ORGAN,
        name="镇江市京口区发展和改革局（演示）",
        short_name="京发改",
        level="4",
        region_code="321102",
        parent=PROVINCE,
    )
    yield DemoOrgan(
        uscc=TRANSPORT_ORGAN,
        name="镇江市京口区交通运输局（演示）",
        short_name="京交运",
        level="4",
        region_code="321102",
        parent=PROVINCE,
    )
    yield DemoOrgan(
        uscc=FOOD_ORGAN,
        name="镇江市京口区市场监督管理局（演示）",
        short_name="京市监",
        level="4",
        region_code="321102",
        parent=PROVINCE,
    )


def city_organ(code: str) -> str:
    """Return the made-up code of a city's market regulator."""
    return ORGAN if code == HOME else sample_uscc("11", f"{code}00", f"MB0DM{code[2:]}")


def sample_uscc(kind: str, region: str, organ: str) -> str:
    """Return a code whose check characters are right; that one is valid doesn't make the organ exist."""
    eight = f"{organ:0<8}"[:8]
    nine = next(eight + last for last in "0123456789X" if is_valid_organ_code(eight + last))
    stem = f"{kind}{region}{nine}"
    return next(stem + last for last in _SAMPLE_ALPHABET if is_valid_uscc(stem + last))


def list_matters() -> Iterator[MatterDefinition]:
    """Return the definitions to publish: the shipped ones, and the pharmacist's for every other city."""
    yield load_definition(_read("beian"))
    yield load_definition(_read("huoyun"))
    yield load_definition(_read("shipin"))
    text = _read("yaoshi")
    for code, (city, area) in CITIES.items():
        yield load_definition(text if code == HOME else _move(text, code, city, area))


def _read(name: str) -> str:
    return files("suban.catalogue.matters").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def _move(text: str, code: str, city: str, area: str) -> str:
    # The same matter in another city: its own organ, place and telephones (三级四同: the rest is the same).
    return (
        text.replace(ORGAN, city_organ(code))
        .replace("镇江市京口区", f"{city}市演示区")
        .replace("镇江", city)
        .replace("0511-", f"{area}-")
        .replace('"321100"', f'"{code}00"')
    )
