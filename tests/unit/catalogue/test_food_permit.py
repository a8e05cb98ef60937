"""The food business permit: its definition is lawful, its number is one that everybody can check."""

from datetime import date

import pytest

from suban.catalogue.rules import format_number, lint_definition, number_year
from suban.catalogue.services.shipped import load_shipped_matter
from suban.kernel.identifiers import check_food_permit

ON = date(2026, 11, 26)


@pytest.fixture(scope="module")
def shipin():
    return load_shipped_matter("shipin")


def test_the_definition_has_no_fault(shipin) -> None:
    assert lint_definition(shipin) == ()


@pytest.mark.parametrize("business", ["1", "2", "3"])
@pytest.mark.parametrize("serial", [1, 87, 999999])
def test_every_number_checks(shipin, business, serial) -> None:
    number = format_number(
        shipin.result.number_pattern,
        serial=serial,
        on=ON,
        region=shipin.region_code,
        answers={"business": business},
    )

    check_food_permit(number)
    assert number.startswith(f"JY{business}321102{serial:06d}")


def test_a_number_of_the_report_is_written_again(shipin) -> None:
    number = format_number(
        shipin.result.number_pattern, serial=17163, on=ON, region="330903", answers={"business": "1"}
    )

    assert number == "JY13309030171633"


@pytest.mark.parametrize(
    ("pattern", "year"),
    [("32{yy}{serial:6}", 2026), ("{yyyy}-{serial:6}", 2026), ("JY{region}{serial:6}", 0)],
)
def test_a_series_begins_anew_only_where_the_number_says_the_year(pattern, year) -> None:
    assert number_year(pattern, ON) == year
