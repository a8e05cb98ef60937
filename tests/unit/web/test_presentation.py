"""Words for days, sizes and steps."""

from datetime import UTC, date, datetime

import pytest

from suban.web.ui.presentation import say_day, say_instant, say_size, step_views


@pytest.mark.parametrize(
    ("today", "words"),
    [
        pytest.param(date(2017, 10, 17), "10 月 20 日（周五）", id="this year"),
        pytest.param(date(2016, 10, 17), "2017 年 10 月 20 日（周五）", id="another year"),
        pytest.param(None, "2017 年 10 月 20 日（周五）", id="year unknown"),
    ],
)
def test_a_day_is_said_as_people_say_it(today: date | None, words: str) -> None:
    assert say_day(date(2017, 10, 20), today=today) == words


def test_an_instant_is_said_in_chinas_time() -> None:
    assert (
        say_instant(datetime(2017, 10, 16, 17, 3, tzinfo=UTC), today=date(2017, 1, 1)) == "10 月 17 日 01:03"
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (820 * 1024, "820 KB"), (1_363_148, "1.3 MB"), (20 * 1024 * 1024, "20 MB")],
)
def test_sizes(size: int, words: str) -> None:
    assert say_size(size) == words


def test_only_steps_already_done_can_be_gone_back_to() -> None:
    steps = step_views(["须知", "填表", "材料"], 1, ["/1", "/2", "/3"])

    assert [(step.state, step.url) for step in steps] == [("done", "/1"), ("now", ""), ("", "")]
