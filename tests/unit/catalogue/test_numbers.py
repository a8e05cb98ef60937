"""Numbers of results, from a pattern."""

from datetime import date

import pytest

from suban.catalogue.rules.numbers import format_number, pattern_fault

DAY = date(2017, 10, 17)


def test_a_registration_number(yaoshi) -> None:
    answers = {"category": "1", "scope": "2"}

    number = format_number(yaoshi.result.number_pattern, serial=123, on=DAY, answers=answers)

    assert number == "321217000123"


def test_a_project_code_has_the_shape_of_the_standard(beian) -> None:
    codes = {
        format_number(
            beian.result.number_pattern,
            serial=serial,
            on=DAY,
            region="321102",
            answers={"project_kind": "01"},
        )
        for serial in range(1, 2000)
    }

    assert len(codes) == 1999
    assert all(len(code) == 24 and code.startswith("1710-321102-04-01-") for code in codes)


@pytest.mark.parametrize(
    "pattern",
    [
        "{serial}",
        "{serial:x}",
        "{serial:99}",
        "{yy}",
        "{nope}{serial:3}",
        "{serial:3",
        "{serial:3}{check:md5}",
    ],
)
def test_a_wrong_pattern_is_named(pattern) -> None:
    assert pattern_fault(pattern)


def test_a_serial_that_no_longer_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="超出"):
        format_number("{serial:2}", serial=100, on=DAY)
