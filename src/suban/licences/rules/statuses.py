"""Which change of status the law gives, and on which article.

行政许可法 arts. 8 (withdrawal), 69 and 79 (rescission), 70 (cancellation); suspension and revocation are
penalties of the supervising organ (行政处罚法 art. 9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from suban.licences.errors import StatusNotAllowedError
from suban.licences.types import Status


class Act(StrEnum):
    """What an organ does to a licence that it issued."""

    SUSPEND = "suspend"
    RESTORE = "restore"
    RESCIND = "rescind"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """Where an act leads and the article it stands on."""

    to: Status
    article: str
    label: str


CHANGES: Final[Mapping[Act, Change]] = MappingProxyType(
    {
        Act.SUSPEND: Change(Status.SUSPENDED, "行政处罚法第九条", "暂扣"),
        Act.RESTORE: Change(Status.VALID, "行政处罚法第九条", "发还"),
        Act.RESCIND: Change(Status.RESCINDED, "行政许可法第六十九条", "撤销"),
        Act.REVOKE: Change(Status.REVOKED, "行政处罚法第九条", "吊销"),
        Act.WITHDRAW: Change(Status.WITHDRAWN, "行政许可法第八条", "撤回"),
        Act.CANCEL: Change(Status.CANCELLED, "行政许可法第七十条", "注销"),
        Act.REPLACE: Change(Status.LAPSED, "行政许可法第四十九条", "换发新证"),
    },
)

ENDED: Final = frozenset({Status.RESCINDED, Status.REVOKED, Status.WITHDRAWN, Status.LAPSED})

MOVES: Final[Mapping[Status, frozenset[Act]]] = MappingProxyType(
    {
        Status.VALID: frozenset(set(Act) - {Act.RESTORE}),
        Status.SUSPENDED: frozenset({Act.RESTORE, Act.REVOKE, Act.RESCIND, Act.WITHDRAW, Act.CANCEL}),
        **{status: frozenset({Act.CANCEL}) for status in ENDED},
    },
)


def next_status(status: Status, act: Act) -> Status:
    """Return the status that `act` leads to.

    :raises StatusNotAllowedError: the law gives no such step.
    """
    if act not in MOVES.get(status, frozenset()):
        raise StatusNotAllowedError(
            f"证照现为“{status.label}”，不能办理{CHANGES[act].label}。",
            status=status,
            act=act,
        )
    return CHANGES[act].to


def status_on(status: Status, expires_on: date | None, day: date) -> Status:
    """Return the status as it is on `day`: a licence past its last day has lapsed by itself."""
    if status in {Status.VALID, Status.SUSPENDED} and expires_on is not None and day > expires_on:
        return Status.LAPSED
    return status
