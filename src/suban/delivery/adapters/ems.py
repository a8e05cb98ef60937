"""EMS over HTTP: JSON signed with HMAC-SHA256 in both directions (docs/reference/protocols/ems.md)."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from suban.delivery.errors import (
    CarrierDownError,
    CarrierRefusedError,
    FalseSignatureError,
    MalformedCallbackError,
    StaleCallbackError,
)
from suban.delivery.rules.words import mask_name
from suban.delivery.types import Capacity, CarrierCallback, ParcelOrder, ReportKind, ScanReport
from suban.kernel.canonical import JSON, canonical_json

REPLAY_WINDOW: Final = timedelta(minutes=5)
MAX_CALLBACK_BYTES: Final = 16 * 1024
NUMBER_PATTERN: Final = r"1\d{12}"
NONCE: Final = re.compile(r"[0-9A-Za-z_-]{16,64}")


def sign(*, secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the signature of a message, in hexadecimal."""
    signed = b"\n".join((timestamp.encode("utf-8", "replace"), nonce.encode("utf-8", "replace"), body))
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class EmsCarrier:
    """EMS, or whoever speaks the same protocol."""

    def __init__(
        self,
        *,
        url: str,
        secret: str,
        number_pattern: str = NUMBER_PATTERN,
        timeout: float = 5.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Speak to `url` with the shared `secret`; `transport` is for tests."""
        if not secret:
            raise ValueError("the carrier's secret is empty: anybody could sign")
        self._url = url.rstrip("/")
        self._secret = secret
        self._number = re.compile(number_pattern)
        self._client = httpx.Client(timeout=timeout, transport=transport, trust_env=False)

    def place_order(self, *, order: ParcelOrder, at: datetime) -> str:
        """Return the number that EMS gives for `order`; asked twice, it gives the same."""
        body = canonical_json(_describe(order))
        try:
            answer = self._client.post(
                f"{self._url}/v1/orders",
                content=body,
                headers=self._sign_headers(body=body, at=at),
            )
        except httpx.HTTPError as error:
            raise CarrierDownError(
                "暂时无法连接寄递服务，稍后自动重试。", reason=type(error).__name__
            ) from error
        return self._read_answer(answer)

    def read_callback(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> CarrierCallback:
        """Return what EMS reports, its signature checked before a single byte is believed."""
        if len(body) > MAX_CALLBACK_BYTES:
            raise MalformedCallbackError(f"回调内容不得超过 {MAX_CALLBACK_BYTES // 1024} KB。")
        proof = self._check_signature(body=body, headers=headers, at=at)
        try:
            scan = _Scan.model_validate_json(body)
        except ValidationError as error:
            wrong = "、".join(".".join(map(str, e["loc"])) or "正文" for e in error.errors()[:5])
            raise MalformedCallbackError(f"回调内容不符合约定，请检查：{wrong}。") from error
        if not self._number.fullmatch(scan.mail_no):
            raise MalformedCallbackError("邮件号格式不正确。", mail_no=scan.mail_no)
        if scan.occurred_at > at + REPLAY_WINDOW:
            raise MalformedCallbackError("事件时间晚于当前时间，请校准时钟。", event_id=scan.event_id)
        return CarrierCallback(
            number=scan.mail_no, order_key=scan.order_key, report=scan.to_report(), proof=proof
        )

    def close(self) -> None:
        """Close the connections kept for the next order."""
        self._client.close()

    def _check_signature(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> Mapping[str, str]:
        given = {name.lower(): value for name, value in headers.items()}
        timestamp = given.get("x-ems-timestamp", "")
        nonce = given.get("x-ems-nonce", "")
        signature = given.get("x-ems-signature", "")
        expected = sign(secret=self._secret, timestamp=timestamp, nonce=nonce, body=body)
        # Compared as bytes: a signature that is not ASCII is false, not a crash.
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
            raise FalseSignatureError
        if not NONCE.fullmatch(nonce) or not re.fullmatch(r"[0-9]{10,14}", timestamp):
            raise MalformedCallbackError("时间戳或随机串格式不正确。")
        sent_at = datetime.fromtimestamp(int(timestamp) / 1000, UTC)
        if abs(at - sent_at) > REPLAY_WINDOW:
            raise StaleCallbackError
        return {
            "algorithm": "hmac-sha256",
            "timestamp": timestamp,
            "nonce": nonce,
            "signature": signature,
            "body": body.decode("utf-8", "replace"),
        }

    def _sign_headers(self, *, body: bytes, at: datetime) -> dict[str, str]:
        timestamp, nonce = str(int(at.timestamp() * 1000)), secrets.token_hex(16)
        return {
            "Content-Type": "application/json",
            "X-Ems-Timestamp": timestamp,
            "X-Ems-Nonce": nonce,
            "X-Ems-Signature": sign(secret=self._secret, timestamp=timestamp, nonce=nonce, body=body),
        }

    def _read_answer(self, answer: httpx.Response) -> str:
        if answer.status_code >= 500 or answer.status_code in {408, 425, 429}:
            raise CarrierDownError("寄递服务暂时不可用，稍后自动重试。", status=answer.status_code)
        if answer.status_code not in {200, 201}:
            raise CarrierRefusedError("寄递服务未接受下单，请核对收件信息。", status=answer.status_code)
        number = _find_number(answer)
        if not self._number.fullmatch(number):
            raise CarrierRefusedError("寄递服务返回的邮件号格式不正确。", number=number[:40])
        return number


class _Signer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: str = Field(default="", max_length=60)
    capacity: Capacity


class _Scan(BaseModel):
    model_config = ConfigDict(extra="ignore")

    event_id: str = Field(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_.:-]+$")
    mail_no: str = Field(min_length=1, max_length=32)
    order_key: str = Field(default="", max_length=64)
    kind: ReportKind
    occurred_at: AwareDatetime
    place: str = Field(default="", max_length=100)
    signer: _Signer | None = None

    @model_validator(mode="after")
    def _signed_by_somebody(self) -> "_Scan":
        if (self.kind is ReportKind.SIGNED) != (self.signer is not None):
            raise ValueError("signer belongs to the kind signed, and only there")
        return self

    def to_report(self) -> ScanReport:
        return ScanReport(
            event_id=self.event_id,
            kind=self.kind,
            occurred_at=self.occurred_at.astimezone(UTC),
            capacity=self.signer.capacity if self.signer else None,
            signer=mask_name(self.signer.name) if self.signer else "",
            place=self.place,
        )


def _describe(order: ParcelOrder) -> JSON:
    return {
        "order_key": order.key,
        "sender": {"code": order.sender_code, "name": order.sender_name},
        "recipient": {
            "name": order.recipient.name,
            "phone": order.recipient.phone,
            "address": order.recipient.address,
        },
        "contents": order.contents,
        "case_number": order.case_number,
    }


def _find_number(answer: httpx.Response) -> str:
    try:
        content: Any = answer.json()
    except ValueError:
        return ""
    return str(content.get("mail_no", "")) if isinstance(content, dict) else ""
