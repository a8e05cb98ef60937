"""Certificates of organ seals (P-256), made by the node's own authority where no real one is at hand.

Production imports what the authority for e-government certificates issued; the node's own is for
trying out and says so in its name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY_NAME: Final = "速办节点自建证书机构（非法定认证）"
AUTHORITY_YEARS: Final = 30
SEAL_YEARS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedKey:
    """A fresh key with its certificate; `private` is PKCS#8 in PEM."""

    certificate: str
    private: str
    not_before: datetime
    not_after: datetime


def new_authority(*, at: datetime) -> CertifiedKey:
    """Return a self-signed authority that may issue seals and nothing below them."""
    key = ec.generate_private_key(ec.SECP256R1())
    country = _attribute(NameOID.COUNTRY_NAME, "CN")
    name = x509.Name([country, _attribute(NameOID.COMMON_NAME, AUTHORITY_NAME)])
    until = at + timedelta(days=365 * AUTHORITY_YEARS)
    built = (
        _builder(subject=name, issuer=name, key=key, at=at, until=until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _certified(built, key)


def new_seal(*, organ: str, name: str, authority: str, authority_key: str, at: datetime) -> CertifiedKey:
    """Return a seal's key with a certificate of `authority` that names the organ and its USCC."""
    issuer = x509.load_pem_x509_certificate(authority.encode())
    signer = load_private_key(authority_key.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            _attribute(NameOID.COUNTRY_NAME, "CN"),
            _attribute(NameOID.ORGANIZATION_NAME, name[:64]),
            _attribute(NameOID.SERIAL_NUMBER, organ),
            _attribute(NameOID.COMMON_NAME, name[:64]),
        ],
    )
    until = min(at + timedelta(days=365 * SEAL_YEARS), issuer.not_valid_after_utc)
    built = (
        _builder(subject=subject, issuer=issuer.subject, key=key, at=at, until=until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    return _certified(built, key)


def load_private_key(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key in `pem`.

    :raises ValueError: it isn't an elliptic-curve key.
    """
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("an organ's seal needs an elliptic-curve key")  # noqa: TRY004 - said of a file
    return key


def split_chain(chain: str) -> tuple[str, ...]:
    """Return each certificate of a chain (PEM) on its own."""
    found = x509.load_pem_x509_certificates(chain.encode()) if chain.strip() else []
    return tuple(one.public_bytes(serialization.Encoding.PEM).decode() for one in found)


def _attribute(oid: x509.ObjectIdentifier, value: str) -> "x509.NameAttribute[str]":
    return x509.NameAttribute(oid, value)


def _builder(
    *,
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))  # clocks of readers differ
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certified(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> CertifiedKey:
    return CertifiedKey(
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        private=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )
