"""Signatures on pages: PAdES baseline B with pyHanko, P-256 and SHA-256.

The signer keeps its key opened in memory: pyHanko's own one parses it again for every page and needs
four times as long.
"""

import logging  # noqa: TID251 - to quieten a library
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from asn1crypto import algos, pem, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from suban.licences.types import PageSignature, SigningKey

# pyHanko reports an untrusted chain with a traceback in the log; here it is an answer, not a mishap.
logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.CRITICAL)

FIELD: Final = "OrganSeal"
RESERVED_BYTES: Final = 8192
KEPT_SIGNERS: Final = 256


class _MemorySigner(Signer):
    """Sign with a P-256 key that stays opened."""

    def __init__(self, key: SigningKey) -> None:
        opened = serialization.load_pem_private_key(key.private, password=None)
        if not isinstance(opened, ec.EllipticCurvePrivateKey):
            raise TypeError("an organ's seal needs an elliptic-curve key")
        self._opened = opened
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_certificate(text) for text in key.chain])
        super().__init__(
            signing_cert=_certificate(key.certificate),
            cert_registry=store,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's
        """Return the signature in DER."""
        del digest_algorithm  # the mechanism names it
        return b"" if dry_run else self._opened.sign(data, ec.ECDSA(hashes.SHA256()))


class PadesSigner:
    """Fills `ports.page_signer`."""

    def sign(self, page: bytes, *, key: SigningKey, name: str, reason: str, location: str) -> bytes:
        """Return `page` with an invisible certifying signature in an incremental update."""
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            name=name,
            reason=reason,
            location=location,
            subfilter=SigSeedSubFilter.PADES,
        )
        signer = PdfSigner(metadata, signer=_signer(key))
        signed = signer.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(page), strict=False),
            bytes_reserved=RESERVED_BYTES,
        )
        return bytes(signed.getvalue())

    def examine(self, page: bytes, *, roots: Sequence[str]) -> PageSignature:
        """Return what the first signature is worth; a damaged file has none.

        Certificates are judged at the time of signing: what a seal signed outlives the seal.
        """
        try:
            embedded = PdfFileReader(BytesIO(page)).embedded_signatures
            if not embedded:
                return PageSignature(present=False)
            context = ValidationContext(
                trust_roots=[_certificate(text) for text in roots],
                allow_fetching=False,
                revocation_mode="soft-fail",
                moment=embedded[0].self_reported_timestamp,
            )
            status = validate_pdf_signature(embedded[0], context)
        except (PdfError, SignatureValidationError, ValueError):
            return PageSignature(present=False)
        subject = status.signing_cert.subject.native
        return PageSignature(
            present=True,
            intact=bool(status.intact and status.valid),
            whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            trusted=bool(status.trusted),
            signer=str(subject.get("common_name", "")),
            organ=str(subject.get("serial_number", "")),
            signed_at=status.signer_reported_dt,
        )

    def attachment(self, page: bytes, name: str) -> bytes:
        """Return the attached file called `name`, or nothing."""
        try:
            root = PdfFileReader(BytesIO(page)).root
            names = root["/Names"]["/EmbeddedFiles"]
            for label, file in _leaves(names):
                if str(label) == name:
                    return bytes(file["/EF"]["/F"].data)
        except (PdfError, KeyError, ValueError):
            return b""
        return b""


def _leaves(node: DictionaryObject) -> list[tuple[Any, Any]]:
    """Return the pairs of a name tree."""
    pairs = node.get("/Names", [])
    found = [(pairs[n], _resolved(pairs[n + 1])) for n in range(0, len(pairs), 2)]
    for kid in node.get("/Kids", []):
        found += _leaves(_resolved(kid))
    return found


def _resolved(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing  # type: ignore[no-untyped-call]


@lru_cache(maxsize=KEPT_SIGNERS)
def _signer(key: SigningKey) -> _MemorySigner:
    return _MemorySigner(key)


def _certificate(text: str) -> x509.Certificate:
    _, _, der = pem.unarmor(text.encode())
    return x509.Certificate.load(der)
