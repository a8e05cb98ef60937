"""Text messages through an HTTP gateway; the protocol is in docs/reference/protocols/sms.md."""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
import orjson

from suban.notices.errors import ChannelFailedError, MessageRefusedError, ReceiptRefusedError
from suban.notices.ports import NoGateway
from suban.notices.types import Outgoing, SmsReceipt

APP: Final = "suban"
CLOCK_SKEW: Final = timedelta(minutes=5)
TIMEOUT: Final = httpx.Timeout(5.0, connect=2.0)
_STATES: Final = frozenset({"delivered", "failed"})


def sign_body(*, app: str, time: str, nonce: str, body: bytes, secret: str) -> str:
    """Return Base64(HMAC-SHA256(app, time, nonce and the body's SHA-256 on four lines, secret))."""
    lines = "\n".join((app, time, nonce, hashlib.sha256(body).hexdigest()))
    return base64.b64encode(hmac.new(secret.encode(), lines.encode(), hashlib.sha256).digest()).decode()


class HttpSmsGateway:
    """Fills `ports.SmsGateway`."""

    is_configured = True

    def __init__(self, http: httpx.Client, *, app: str, secret: str, receipt_url: str) -> None:
        self._http = http
        self._app = app
        self._secret = secret
        self._receipt_url = receipt_url

    def send(self, message: Outgoing) -> str:
        """Hand the text over and return the gateway's id; our `reference` keeps it from sending twice.

        :raises ChannelFailedError: the gateway is down, or doesn't accept our signature.
        :raises MessageRefusedError: the number or the text is refused.
        """
        body = orjson.dumps(
            {
                "reference": message.message_id,
                "phone": message.address,
                "text": message.text,
                "receipt_url": self._receipt_url,
            }
        )
        try:
            response = self._http.post("/v1/messages", content=body, headers=self._headers(body))
        except httpx.HTTPError as failure:
            raise ChannelFailedError(type(failure).__name__) from failure
        answer = _answer(response)
        if answer["code"] == "0":
            return str(answer.get("message_id", ""))
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise ChannelFailedError(f"网关 {answer['code']}")
        raise MessageRefusedError(f"网关 {answer['code']}")

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> SmsReceipt:
        """Return what a receipt says.

        :raises ReceiptRefusedError: it isn't the gateway's, is too old, or can't be read.
        """
        given = {name.lower(): value for name, value in headers.items()}
        sent_at, signature = given.get("x-sms-time", ""), given.get("x-sms-sign", "")
        expected = sign_body(
            app=self._app,
            time=sent_at,
            nonce=given.get("x-sms-nonce", ""),
            body=body,
            secret=self._secret,
        )
        if not hmac.compare_digest(expected.encode(), signature.encode()) or not _is_timely(sent_at, at):
            raise ReceiptRefusedError
        return _receipt(body)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _headers(self, body: bytes) -> dict[str, str]:
        sent_at, nonce = str(time.time_ns() // 1_000_000), secrets.token_hex(12)
        signature = sign_body(app=self._app, time=sent_at, nonce=nonce, body=body, secret=self._secret)
        return {
            "Content-Type": "application/json",
            "X-Sms-App": self._app,
            "X-Sms-Time": sent_at,
            "X-Sms-Nonce": nonce,
            "X-Sms-Sign": signature,
        }


def _answer(response: httpx.Response) -> Mapping[str, Any]:
    if response.status_code >= 500:
        raise ChannelFailedError(f"HTTP {response.status_code}")
    try:
        answer = response.json()
    except ValueError as error:
        raise ChannelFailedError("网关应答无法读取") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("code"), str):
        raise ChannelFailedError("网关应答无法读取")
    return answer


def _receipt(body: bytes) -> SmsReceipt:
    try:
        said = orjson.loads(body)
        reference, status, reason = said["reference"], said["status"], said.get("reason", "")
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise ReceiptRefusedError from None
    if (
        not isinstance(reference, str)
        or not isinstance(status, str)
        or status not in _STATES
        or not isinstance(reason, str)
    ):
        raise ReceiptRefusedError
    return SmsReceipt(message_id=reference, delivered=status == "delivered", reason=reason)


def _is_timely(milliseconds: str, at: datetime) -> bool:
    if not re.fullmatch(r"[0-9]{1,15}", milliseconds):
        return False
    return abs(at.timestamp() - int(milliseconds) / 1000) <= CLOCK_SKEW.total_seconds()


def make_sms_gateway(url: str, app: str, secret: str, receipt_url: str) -> HttpSmsGateway | NoGateway:
    """Return the gateway at `url`, which reports to `receipt_url`; without an address, no gateway."""
    if not url:
        return NoGateway()
    http = httpx.Client(base_url=url, timeout=TIMEOUT)
    return HttpSmsGateway(http, app=app or APP, secret=secret, receipt_url=receipt_url)
