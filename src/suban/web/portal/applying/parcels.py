"""A parcel's way, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from suban.delivery.types import ParcelState, ParcelView
from suban.web.ui.presentation import StatusView, TimelineEntry

TONES: Final = MappingProxyType(
    {
        ParcelState.SIGNED: "success",
        ParcelState.LEFT: "warning",
        ParcelState.REFUSED: "danger",
        ParcelState.RETURNED: "danger",
    },
)


@dataclass(frozen=True, slots=True)
class ParcelCard:
    """A parcel with its way, the newest on top."""

    parcel: ParcelView
    status: StatusView
    way: tuple[TimelineEntry, ...]


def parcel_cards(parcels: Iterable[ParcelView]) -> list[ParcelCard]:
    """Return every parcel of a case."""
    return [_card(parcel) for parcel in parcels]


def awaits_resending(parcels: Sequence[ParcelView]) -> bool:
    """Tell whether the last parcel came back, so that the papers must set out again."""
    return bool(parcels) and parcels[-1].state is ParcelState.RETURNED


def _card(parcel: ParcelView) -> ParcelCard:
    newest = tuple(reversed(parcel.steps))
    return ParcelCard(
        parcel=parcel,
        status=StatusView(TONES.get(parcel.state, "info"), parcel.state_words, "parcel"),
        way=tuple(
            TimelineEntry(
                title=step.words,
                when=step.local_time,
                iso=step.at.isoformat(),
                who=step.place,
                state="now" if position == 0 else "done",
            )
            for position, step in enumerate(newest)
        ),
    )
