"""When failed work is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from suban.foundation.rules.delays import MAX_ATTEMPTS, backoff, is_given_up, jittered, next_occurrence


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 2), (1, 2), (2, 4), (3, 8), (10, 1024), (11, 1800), (500, 1800)]
)
def test_pauses_double_up_to_half_an_hour(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)


def test_jitter_stays_within_a_fifth() -> None:
    pauses = [jittered(timedelta(seconds=100)).total_seconds() for _ in range(200)]

    assert 80 <= min(pauses) < max(pauses) <= 120


def test_the_last_attempt_is_the_last() -> None:
    assert not is_given_up(MAX_ATTEMPTS - 1)
    assert is_given_up(MAX_ATTEMPTS)


def test_cron_is_read_in_chinese_civil_time() -> None:
    after = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight of the 23rd in China

    assert next_occurrence("0 8 * * *", after) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
