"""Which day counts: what a department says of its time is believed as far as it can be true.

The clock is Suban's. A stated time counts when it isn't in the future, not before the application was handed
in and not before what was said last. What was done in time but told too late is recorded as said, and marked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from suban.departments.errors import ImplausibleTimeError
from suban.departments.rules.signatures import WINDOW
from suban.departments.types import MessageKind
from suban.kernel.clock import civil_day

# Only who is told has been given notice (行政许可法第32条第1款第4项): where the notice day lies between,
# its day is that of arrival.
_TELLS_THE_APPLICANT: Final = frozenset({MessageKind.CORRECTION_REQUESTED, MessageKind.ACCEPTED})
_ON_THE_CLOCK: Final = frozenset({*_TELLS_THE_APPLICANT, MessageKind.GRANTED, MessageKind.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is known of a case's time when a message comes: `due_on` is the day that runs for it."""

    handed_in_at: datetime
    last_said_at: datetime | None
    notice_due_on: date | None = None
    decision_due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDay:
    """The day that counts; `late` says that the news of it came after the day that ran."""

    on: date
    late: bool


def judge_time(kind: MessageKind, said_at: datetime, clock: Clock, *, at: datetime) -> LegalDay:
    """Return the day on which the message takes effect.

    :raises ImplausibleTimeError: the stated time can't be right; the message says why.
    """
    if said_at > at + WINDOW:
        raise ImplausibleTimeError("消息所说的时间在将来，请校准时钟。")
    if said_at < clock.handed_in_at - WINDOW:  # two clocks never agree to the second
        raise ImplausibleTimeError("消息所说的时间早于申请（或补正）提交的时间。")
    if clock.last_said_at is not None and said_at < clock.last_said_at:
        raise ImplausibleTimeError("消息所说的时间早于前一条消息的时间。")
    today = civil_day(at)
    said_on = min(max(civil_day(said_at), civil_day(clock.handed_in_at)), today)
    due_on = clock.notice_due_on if kind in _TELLS_THE_APPLICANT else clock.decision_due_on
    late = kind in _ON_THE_CLOCK and due_on is not None and said_on <= due_on < today
    on = today if late and kind in _TELLS_THE_APPLICANT else said_on
    return LegalDay(on=on, late=late)
