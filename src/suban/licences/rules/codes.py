"""The signed text in a licence's QR code and attachment, and the signed list of statuses.

A code is `1.` and the base64url of 64 bytes of SM2 signature followed by a JSON array; the signature
covers the identifier too, which stands in the address before the `#`. So the code stays small enough to
print, and whoever scans it lands on the verify page while the part after `#` never reaches a server.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from suban.kernel.canonical import JSON, canonical_json
from suban.kernel.identifiers import is_valid_licence_identifier
from suban.licences.errors import UnreadableTrustError
from suban.licences.types import Claim, Status, StatusList, TrustedKey, TrustList

PREFIX: Final = "1."
SIGNATURE_SIZE: Final = 64
ALGORITHM: Final = "SM2-SM3"


def claim_bytes(claim: Claim) -> bytes:
    """Return the facts of a claim as they stand in the code."""
    expires = claim.expires_on.isoformat() if claim.expires_on else ""
    facts = [
        claim.type_name,
        claim.holder,
        claim.issuer_name,
        claim.issued_on.isoformat(),
        expires,
        claim.signed_on.isoformat(),
        claim.key_id,
    ]
    return canonical_json(facts)


def signed_bytes(identifier: str, facts: bytes) -> bytes:
    """Return what the SM2 signature of a code covers."""
    return b"suban licence 1\n" + identifier.encode() + b"\n" + facts


def encode_code(facts: bytes, signature: bytes) -> str:
    """Return the code: signature and facts as short text."""
    return PREFIX + _to_text(signature + facts)


def decode_code(identifier: str, code: str) -> tuple[Claim, bytes, bytes]:
    """Return the claim, the facts as signed and the signature.

    :raises ValueError: this is no code of ours.
    """
    if not code.startswith(PREFIX) or not is_valid_licence_identifier(identifier):
        raise ValueError("not a licence code")
    content = _from_text(code.removeprefix(PREFIX))
    signature, facts = content[:SIGNATURE_SIZE], content[SIGNATURE_SIZE:]
    type_name, holder, issuer_name, issued, expires, signed, key_id = _array_of_text(facts, 7)
    claim = Claim(
        identifier=identifier,
        type_name=type_name,
        holder=holder,
        issuer_name=issuer_name,
        issued_on=date.fromisoformat(issued),
        expires_on=date.fromisoformat(expires) if expires else None,
        signed_on=date.fromisoformat(signed),
        key_id=key_id,
    )
    return claim, facts, signature


def verify_url(public_url: str, identifier: str, code: str = "") -> str:
    """Return the address of the public verify page; with `code`, as the QR carries it."""
    return f"{public_url.rstrip('/')}/verify/{identifier}" + (f"#{code}" if code else "")


def split_verify_url(url: str) -> tuple[str, str]:
    """Return identifier and code of a scanned address.

    :raises ValueError: it isn't the address of a verify page.
    """
    parts = urlsplit(url)
    identifier = unquote(parts.path.rpartition("/")[2])
    if not parts.fragment or not is_valid_licence_identifier(identifier):
        raise ValueError("not a verify address")
    return identifier, parts.fragment


def attachment_bytes(identifier: str, code: str, url: str) -> bytes:
    """Return the file attached to the page: the same signed code, with its address."""
    return canonical_json({"format": "suban-licence-1", "identifier": identifier, "code": code, "url": url})


def read_attachment(content: bytes) -> tuple[str, str]:
    """Return identifier and code of an attached file.

    :raises ValueError: it isn't ours.
    """
    found = json.loads(content)
    if not isinstance(found, dict) or found.get("format") != "suban-licence-1":
        raise ValueError("not a licence attachment")
    return str(found.get("identifier", "")), str(found.get("code", ""))


def status_list_bytes(statuses: StatusList) -> bytes:
    """Return the list as it is signed."""
    return canonical_json(
        {
            "format": "suban-status-list-1",
            "node": statuses.node,
            "number": statuses.number,
            "as_of": statuses.as_of.isoformat(),
            "next_update": statuses.next_update.isoformat(),
            "exceptions": {key: value.value for key, value in statuses.exceptions.items()},
        },
    )


def seal_document(content: bytes, *, signature: bytes, key_id: str) -> bytes:
    """Return a signed JSON document: the content as text, so that its bytes stay what was signed."""
    return canonical_json(
        {
            "content": content.decode(),
            "signature": {"algorithm": ALGORITHM, "key": key_id, "value": _to_text(signature)},
        },
    )


def open_document(document: bytes) -> tuple[bytes, bytes, str]:
    """Return content, signature and key id of a signed JSON document.

    :raises UnreadableTrustError: it isn't one.
    """
    try:
        found = json.loads(document)
        mark = found["signature"]
        if mark["algorithm"] != ALGORITHM:
            raise UnreadableTrustError("签名算法不受支持，请更新本软件。", algorithm=mark["algorithm"])
        return found["content"].encode(), _from_text(mark["value"]), str(mark["key"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableTrustError("文件不是签名名单，请重新下载。") from None


def read_status_list(content: bytes) -> StatusList:
    """Return the list that `content` (already checked) holds.

    :raises UnreadableTrustError: it is no status list.
    """
    try:
        found = json.loads(content)
        _must_be(found, "suban-status-list-1")
        return StatusList(
            node=found["node"],
            number=int(found["number"]),
            as_of=datetime.fromisoformat(found["as_of"]),
            next_update=datetime.fromisoformat(found["next_update"]),
            exceptions={key: Status(value) for key, value in found["exceptions"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableTrustError("文件不是证照状态名单，请重新下载。") from None


def dump_trust(trust: TrustList) -> bytes:
    """Return the trust list as the file that goes to those who check offline."""
    keys: dict[str, Mapping[str, JSON]] = {
        key.key_id: {"organ": key.organ, "name": key.name, "public": _to_text(key.public)}
        for key in trust.keys.values()
    }
    return canonical_json({"format": "suban-trust-1", "node": trust.node, "roots": trust.roots, "keys": keys})


def load_trust(content: bytes) -> TrustList:
    """Return the trust list in a file.

    :raises UnreadableTrustError: it is none.
    """
    try:
        found = json.loads(content)
        _must_be(found, "suban-trust-1")
        keys = {key_id: _trusted(key_id, entry) for key_id, entry in found["keys"].items()}
        return TrustList(node=found["node"], roots=tuple(found["roots"]), keys=keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableTrustError("文件不是信任名单，请重新导出 trust.json。") from None


def _must_be(found: Mapping[str, Any], kind: str) -> None:
    if found["format"] != kind:
        raise ValueError(f"not {kind}")


def _trusted(key_id: str, entry: Mapping[str, Any]) -> TrustedKey:
    return TrustedKey(
        key_id=key_id,
        organ=entry["organ"],
        name=entry["name"],
        public=_from_text(entry["public"]),
    )


def _array_of_text(content: bytes, size: int) -> list[str]:
    found = json.loads(content)
    if not isinstance(found, list) or len(found) != size or not all(isinstance(part, str) for part in found):
        raise ValueError("not the facts of a licence")
    return found


def _to_text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _from_text(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
