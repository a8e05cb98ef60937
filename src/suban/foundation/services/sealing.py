"""Sealing personal text, finding it again by a blind index, and shredding a subject.

Whose key seals a field is the caller's decision: the subject is the reference of the person or company
that may ask for erasure.
"""

from suban.foundation.errors import SealBrokenError
from suban.foundation.models.keys import SubjectKey
from suban.foundation.queries.keys import (
    DataKey,
    find_data_key,
    forget_data_key,
    index_key,
    wrapped_for,
    wrapping_key,
)
from suban.foundation.rules.sealing import keyed_index, new_key, new_key_id, seal_bytes, unseal_bytes
from suban.foundation.services.transactions import run_after_commit


def seal(*, subject: str, text: str) -> bytes:
    """Return `text` sealed under the data key of `subject`, which is made when there is none.

    :raises SubjectShreddedError: the subject was erased.
    """
    key = take_data_key(subject)
    return seal_bytes(key=key.secret, key_id=key.key_id, subject=subject, plain=text.encode())


def unseal(*, subject: str, sealed: bytes) -> str:
    """Return the text that was sealed for `subject`.

    :raises SubjectShreddedError: the subject was erased.
    :raises SealBrokenError: the bytes were altered or are another subject's.
    """
    key = find_data_key(subject)
    if key is None:
        raise SealBrokenError("该主体没有数据密钥，密文无法解开。", subject=subject)
    return unseal_bytes(key=key.secret, key_id=key.key_id, subject=subject, sealed=bytes(sealed)).decode()


def blind_index(kind: str, value: str) -> str:
    """Return the index under which `value` of `kind` is found without being readable, as `v1:…`."""
    return keyed_index(key=index_key(), kind=kind, value=value)


def shred(subject: str) -> None:
    """Destroy the data key of `subject`: everything sealed for it is unreadable from now on.

    Other processes may remember the key for up to a minute. Doing it twice is harmless.
    """
    SubjectKey.objects.bulk_create(
        [SubjectKey(subject=subject, key_id=new_key_id(), wrapped=b"", shredded=True)], ignore_conflicts=True
    )
    SubjectKey.objects.filter(subject=subject).update(wrapped=b"", shredded=True)
    forget_data_key(subject)
    run_after_commit(lambda: forget_data_key(subject))


def take_data_key(subject: str) -> DataKey:
    """Return the data key of `subject`; the first caller makes it, whoever else is making it too.

    :raises SubjectShreddedError: the subject was erased.
    """
    key = find_data_key(subject)
    if key is None:
        _insert_key(subject)
        key = find_data_key(subject)
    if key is None:
        raise RuntimeError("a data key that was just written isn't there")
    return key


def _insert_key(subject: str) -> None:
    # Two processes may be first at once: the unique subject lets one row in, and both read that one.
    key_id = new_key_id()
    wrapped = seal_bytes(key=wrapping_key(), key_id=key_id, subject=wrapped_for(subject), plain=new_key())
    SubjectKey.objects.bulk_create(
        [SubjectKey(subject=subject, key_id=key_id, wrapped=wrapped)], ignore_conflicts=True
    )
