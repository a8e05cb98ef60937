"""The words of licences: what is asked for, what is found, what a check says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LICENCE_MEDIA_TYPE: Final = "application/pdf"
ATTACHMENT: Final = "licence.json"
NODE: Final = "node"


class Stage(StrEnum):
    """How far the making of a licence is."""

    PREPARING = "preparing"  # 已编号
    ISSUED = "issued"  # 已签发


class Status(StrEnum):
    """The status of a licence (证照状态代码, GB/T 36902 as used in the construction profile)."""

    VALID = "01"
    SUSPENDED = "02"
    RESCINDED = "03"
    CANCELLED = "04"
    LAPSED = "05"
    TRANSFERRED = "06"
    REVOKED = "07"
    WITHDRAWN = "98"  # 行政许可法 art. 8; the national list has no code of its own for it
    OTHER = "99"

    @property
    def label(self) -> str:
        """The Chinese legal term."""
        return STATUS_LABELS[self]


STATUS_LABELS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.VALID: "有效",
        Status.SUSPENDED: "暂扣",
        Status.RESCINDED: "撤销",
        Status.CANCELLED: "注销",
        Status.LAPSED: "失效",
        Status.TRANSFERRED: "办理转出",
        Status.REVOKED: "吊销",
        Status.WITHDRAWN: "撤回",
        Status.OTHER: "其他",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRequest:
    """What a grant asks to be issued; copied and kept, so that a retry issues the very same.

    `serial` is the number that the matter's own pattern gave (证照编号). `face` maps labels to values in
    their order and holds no ID number. `previous` names the licence that this one replaces.
    """

    case: str
    holder: str
    holder_name: str
    type_code: str
    type_name: str
    issuer: str
    issuer_name: str
    serial: str
    face: Mapping[str, str] = field(default_factory=dict)
    issued_on: date
    expires_on: date | None = None
    previous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """An organ's key for pages, opened: never stored, never logged."""

    key_id: str
    certificate: str
    chain: tuple[str, ...]
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKey:
    """An organ's SM2 key, opened: never stored, never logged."""

    key_id: str
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the SM2 signature in QR code and attachment says about a licence."""

    identifier: str
    type_name: str
    holder: str  # masked
    issuer_name: str
    issued_on: date
    expires_on: date | None
    signed_on: date
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSignature:
    """What the PAdES signature of a file is worth."""

    present: bool
    intact: bool = False
    whole: bool = False
    trusted: bool = False
    signer: str = ""
    organ: str = ""
    signed_at: datetime | None = None

    @property
    def good(self) -> bool:
        """Tell whether the page is unaltered, wholly signed and by somebody trusted."""
        return self.present and self.intact and self.whole and self.trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedKey:
    """A public SM2 key and whose it is."""

    key_id: str
    organ: str
    name: str
    public: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustList:
    """Whom an offline check believes: roots for pages, keys for codes and for status lists."""

    node: str
    roots: tuple[str, ...]
    keys: Mapping[str, TrustedKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """Every licence of a node that isn't simply valid, at one instant."""

    node: str
    number: int
    as_of: datetime
    next_update: datetime
    exceptions: Mapping[str, Status]


class Verdict(StrEnum):
    """What an offline check comes to."""

    VALID = "valid"
    NOT_IN_FORCE = "not_in_force"
    FORGED = "forged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResult:
    """The outcome of checking a licence file, with every reason."""

    verdict: Verdict
    summary: str
    reasons: tuple[str, ...]
    page: PageSignature
    claim: Claim | None = None
    status: Status | None = None
    status_as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceView:
    """A licence for those who may see it: its holder and the staff of the issuing organ."""

    id: str
    type_name: str
    type_code: str
    number: str
    version: str
    holder: str
    holder_name: str
    issuer: str
    issuer_name: str
    face: Mapping[str, str]
    issued_on: date
    expires_on: date | None
    status: Status
    status_since: datetime
    case: str
    file_id: str
    code: str
    verify_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceLine:
    """One line of "my licences"."""

    id: str
    cursor: int
    type_name: str
    number: str
    issuer_name: str
    issued_on: date
    expires_on: date | None
    status: Status
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLicence:
    """What anybody may know who holds the identifier: no ID number, no photo, a masked name."""

    id: str
    type_name: str
    number: str
    holder: str
    issuer_name: str
    issued_on: date
    expires_on: date | None
    status: Status
    status_as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLicence:
    """A licence in force that stands in for a material of the next case."""

    licence_id: str
    type_code: str
    type_name: str
    number: str
    issuer_name: str
    issued_on: date
    expires_on: date | None
    file_id: str
    source: str
    as_of: datetime
