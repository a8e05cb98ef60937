"""A register that is down costs the next caller nothing."""

from suban.exchange.adapters.breaker import FAILURES, REST_SECONDS, Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_rests_after_failures_in_a_row_and_then_lets_one_try():
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES - 1):
        breaker.fail("a")
    assert not breaker.is_resting("a")

    breaker.fail("a")

    assert breaker.is_resting("a")
    assert not breaker.is_resting("b")
    clock.now += REST_SECONDS
    assert not breaker.is_resting("a")
    assert breaker.is_resting("a"), "the others wait until the one has tried"


def test_a_success_ends_the_count():
    breaker = Breaker(Clock())
    for _ in range(FAILURES - 1):
        breaker.fail("a")
    breaker.succeed("a")
    breaker.fail("a")

    assert not breaker.is_resting("a")
