"""Data keys of subjects, unwrapped, with a small memory of those used lately.

A key is remembered only once the row that holds it is committed: remembered earlier, a rollback would
leave text sealed under a key that no row knows. Memory lasts a minute, so that shredding in one process
soon holds in all of them.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import connection

from suban.foundation.errors import SubjectShreddedError
from suban.foundation.models.keys import SubjectKey
from suban.foundation.rules.sealing import derive_key, unseal_bytes

_REMEMBERED: Final = 2048
_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class DataKey:
    """An unwrapped data key."""

    subject: str
    key_id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class _AtCommit:
    # Stands among the transaction's after-commit actions: forgotten by a rollback, and found there by
    # the transaction's own later reads.
    key: DataKey

    def __call__(self) -> None:
        with _lock:
            _memory[self.key.subject] = (self.key, time.monotonic() + _SECONDS)
            _memory.move_to_end(self.key.subject)
            while len(_memory) > _REMEMBERED:
                _memory.popitem(last=False)


_lock = threading.Lock()
_memory: OrderedDict[str, tuple[DataKey, float]] = OrderedDict()


def find_data_key(subject: str) -> DataKey | None:
    """Return the data key of `subject`, or None when it has none yet.

    :raises SubjectShreddedError: it was destroyed.
    """
    known = _recall(subject)
    if known is not None:
        return known
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None:
        return None
    if row.shredded:
        raise SubjectShreddedError("该主体的资料已依法销毁，无法再读取或写入。", subject=subject)
    key = _unwrap(row)
    connection.on_commit(_AtCommit(key))
    return key


def forget_data_key(subject: str) -> None:
    """Drop the key of `subject` from this process's memory and from the present transaction."""
    connection.run_on_commit = [
        waiting for waiting in connection.run_on_commit if not _remembers(waiting[1], subject)
    ]
    with _lock:
        _memory.pop(subject, None)


@lru_cache(maxsize=1)
def wrapping_key() -> bytes:
    """Return the key under which data keys are wrapped."""
    return derive_key(bytes.fromhex(settings.SUBAN.master_key), "wrap v1")


@lru_cache(maxsize=1)
def index_key() -> bytes:
    """Return the key of blind indexes."""
    return derive_key(bytes.fromhex(settings.SUBAN.master_key), "blind index v1")


def _recall(subject: str) -> DataKey | None:
    for waiting in connection.run_on_commit:
        action = waiting[1]
        if isinstance(action, _AtCommit) and action.key.subject == subject:
            return action.key
    with _lock:
        key, until = _memory.get(subject, (None, 0.0))
    return key if time.monotonic() < until else None


def wrapped_for(subject: str) -> str:
    """Return what a wrapped data key is bound to."""
    return f"key of {subject}"


def _remembers(action: object, subject: str) -> bool:
    return isinstance(action, _AtCommit) and action.key.subject == subject


def check_master_key() -> None:
    """Open one wrapped data key, if there is any.

    :raises SealBrokenError: the master key isn't the one under which it was wrapped.
    """
    row = SubjectKey.objects.filter(shredded=False).order_by("-id").first()
    if row is not None:
        _unwrap(row)


def _unwrap(row: SubjectKey) -> DataKey:
    bound = wrapped_for(row.subject)
    secret = unseal_bytes(key=wrapping_key(), key_id=row.key_id, subject=bound, sealed=bytes(row.wrapped))
    return DataKey(subject=row.subject, key_id=row.key_id, secret=secret)
