"""Electronic seals of organs: made or imported, opened for signing, retired."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography import x509

from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import run_after_commit, transaction
from suban.licences import ports
from suban.licences.errors import SealMissingError
from suban.licences.models import SealKey
from suban.licences.queries.trust import get_trust
from suban.licences.rules.codes import dump_trust
from suban.licences.services.certificates import (
    CertifiedKey,
    load_private_key,
    new_authority,
    new_seal,
    split_chain,
)
from suban.licences.types import NODE, CodeKey, SigningKey

TRUST_FILE: Final = "trust.json"
NODE_NAME: Final = "本节点"
KEPT_KEYS: Final = 512


def create_organ_seal(*, organ: str, name: str, at: datetime) -> str:
    """Give the organ a seal certified by this node's own authority; return its key id.

    An organ that has one keeps it. Where the law asks for a real one, import it instead.
    """
    known = _in_force(organ)
    if known is not None:
        return known.key_id
    authority = _authority(at)
    fresh = new_seal(
        organ=organ,
        name=name,
        authority=authority.certificate,
        authority_key=unseal(subject=_subject(NODE), sealed=bytes(authority.private_sealed)),
        at=at,
    )
    return _keep(organ=organ, name=name, key=fresh, chain=authority.certificate, at=at)


def import_organ_seal(
    *, organ: str, name: str, certificate: str, private: str, chain: str, at: datetime
) -> str:
    """Take over a seal that a certificate authority issued (PEM); the organ's former one is retired.

    :raises ValueError: certificate and key aren't a P-256 pair.
    """
    parsed = x509.load_pem_x509_certificate(certificate.encode())
    if load_private_key(private.encode()).public_key() != parsed.public_key():
        raise ValueError("the private key doesn't belong to the certificate")
    key = CertifiedKey(
        certificate=certificate,
        private=private,
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
    )
    return _keep(organ=organ, name=name, key=key, chain=chain, at=at)


def lay_out_trust() -> None:
    """Write the trust list where offline checkers find it."""
    ports.trust_shelf.get().lay(TRUST_FILE, dump_trust(get_trust()))


def open_seal(organ: str, *, at: datetime) -> tuple[SigningKey, CodeKey]:
    """Return the organ's keys, opened.

    :raises SealMissingError: it has no seal in force at `at`.
    """
    row = _in_force(organ)
    if row is None or not row.valid_from <= at < row.valid_until:
        raise SealMissingError("该机构没有有效的电子印章，请管理员先制作或导入印章。", organ=organ)
    page_key, code_key = _open_row(row)
    signing = SigningKey(
        key_id=row.key_id,
        certificate=row.certificate,
        chain=split_chain(row.chain),
        private=page_key,
    )
    return signing, CodeKey(key_id=row.key_id, private=code_key)


def seal_document(page: bytes, *, organ: str, name: str, reason: str, at: datetime) -> bytes:
    """Return a letter of an organ with its electronic seal (PAdES) over the whole document.

    :raises SealMissingError: the organ has no seal in force at `at`.
    """
    key, _ = open_seal(organ, at=at)
    return ports.page_signer.get().sign(page, key=key, name=name, reason=reason, location=organ)


def open_node_key(*, at: datetime) -> CodeKey:
    """Return the key with which this node signs its lists; made when there is none yet."""
    row = _authority(at)
    _, code_key = _open_row(row)
    return CodeKey(key_id=row.key_id, private=code_key)


def _in_force(organ: str) -> SealKey | None:
    return SealKey.objects.filter(organ=organ, retired_at__isnull=True).first()


def _authority(at: datetime) -> SealKey:
    known = _in_force(NODE)
    if known is None:
        _keep(organ=NODE, name=NODE_NAME, key=new_authority(at=at), chain="", at=at)
        known = SealKey.objects.get(organ=NODE, retired_at__isnull=True)
    return known


def _keep(*, organ: str, name: str, key: CertifiedKey, chain: str, at: datetime) -> str:
    code_private, code_public = ports.code_signer.get().new_key()
    key_id = hashlib.sha256(code_public).hexdigest()[:10]
    subject = _subject(organ)
    row = SealKey(
        key_id=key_id,
        organ=organ,
        name=name,
        certificate=key.certificate,
        chain=chain,
        private_sealed=seal(subject=subject, text=key.private),
        code_public=code_public,
        code_private_sealed=seal(subject=subject, text=code_private.hex()),
        valid_from=key.not_before,
        valid_until=key.not_after,
    )
    with transaction():
        SealKey.objects.filter(organ=organ, retired_at__isnull=True).update(retired_at=at)
        row.save(force_insert=True)
        run_after_commit(lay_out_trust)
    return key_id


def _open_row(row: SealKey) -> tuple[bytes, bytes]:
    return _opened(row.organ, bytes(row.private_sealed), bytes(row.code_private_sealed))


@lru_cache(maxsize=KEPT_KEYS)
def _opened(organ: str, page_sealed: bytes, code_sealed: bytes) -> tuple[bytes, bytes]:
    # Signing needs the keys for every licence; opened ones stay in this process's memory only.
    subject = _subject(organ)
    page_key = unseal(subject=subject, sealed=page_sealed).encode()
    return page_key, bytes.fromhex(unseal(subject=subject, sealed=code_sealed))


def _subject(organ: str) -> str:
    return "system:node" if organ == NODE else f"organ:{organ}"
