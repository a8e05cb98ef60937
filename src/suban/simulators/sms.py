"""An SMS gateway: takes signed messages, sends none, and reports their delivery back.

The protocol stands in docs/reference/protocols/sms.md. A number that ends in 0000 is switched off:
its message is accepted and then reported as failed. Messages are kept in `sms.jsonl` in the data
folder, so that a gateway started anew still knows which references it has sent.
"""

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import httpx

from suban.kernel.clock import now
from suban.simulators.server import Answer, Faults, Request, serve
from suban.simulators.signatures import Guard, header, is_signed_by, sign_body

DEMO_APP: Final = "suban"
DEMO_SECRET: Final = "demo-sms-secret"
MAX_TEXT: Final = 500
_PHONE: Final = re.compile(r"1[3-9]\d{9}")
_RECEIPT_PAUSES: Final = (0.0, 0.5, 2.0, 8.0)


class Gateway:
    """The gateway as an application."""

    def __init__(
        self,
        *,
        data: Path | None = None,
        app: str = DEMO_APP,
        secret: str = DEMO_SECRET,
        clock: Callable[[], datetime] = now,
        receipt_delay: float = 0.3,
    ) -> None:
        self.faults = Faults()
        self.receipt_delay = receipt_delay
        self._app, self._secret, self._clock = app, secret, clock
        self._guard = Guard(clock)
        self._lock = threading.Lock()
        self._file = data / "sms.jsonl" if data is not None else None
        self._sent: dict[str, dict[str, str]] = {}
        if self._file is not None and self._file.exists():
            kept = (json.loads(line) for line in self._file.read_text(encoding="utf-8").splitlines())
            self._sent = {message["reference"]: message for message in kept}

    @property
    def messages(self) -> list[dict[str, str]]:
        """Everything that was accepted, oldest first."""
        with self._lock:
            return list(self._sent.values())

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path == "/control":
            return self.faults.control(request)
        if request.path == "/healthz":
            return Answer(body={"status": "ok"})
        if request.path == "/messages":
            return Answer(body={"messages": self.messages})
        if request.method == "POST" and request.path == "/v1/messages":
            return self._take(request)
        return _refuse("4000", "没有这个接口", status=404)

    def _take(self, request: Request) -> Answer:
        struck = self.faults.strike("messages")
        if struck is not None:
            return struck
        refused = self._check(request) or self._check_message(request.json())
        return refused or self._accept(request.json())

    def _check(self, request: Request) -> Answer | None:
        app, sent_at = header(request.headers, "x-sms-app"), header(request.headers, "x-sms-time")
        nonce, signature = header(request.headers, "x-sms-nonce"), header(request.headers, "x-sms-sign")

        def sign(secret: str) -> str:
            return sign_body(sender=app, time=sent_at, nonce=nonce, body=request.body, secret=secret)

        if app != self._app or not nonce or not is_signed_by((self._secret,), signature, sign):
            return _refuse("4001", "签名不正确", status=401)
        if not self._guard.is_timely(sent_at):
            return _refuse("4002", "请求时间超出允许的偏差", status=401)
        if not self._guard.is_first(app, nonce):
            return _refuse("4003", "重复的请求", status=401)
        return None

    def _check_message(self, message: Mapping[str, Any]) -> Answer | None:
        reference, phone, text = (message.get(name) for name in ("reference", "phone", "text"))
        if not isinstance(reference, str) or not 0 < len(reference) <= 64:
            return _refuse("4104", "缺少业务流水号")
        if not isinstance(phone, str) or not _PHONE.fullmatch(phone):
            return _refuse("4101", "手机号码不正确")
        if not isinstance(text, str) or not re.match("【[^】]{2,12}】", text) or len(text) > MAX_TEXT:
            return _refuse("4102", "短信须以签名开头且不超过500字")
        known = self._sent.get(reference)
        if known is not None and (known["phone"], known["text"]) != (phone, text):
            return _refuse("4103", "同一流水号的内容不一致")
        return None

    def _accept(self, message: Mapping[str, Any]) -> Answer:
        with self._lock:
            known = self._sent.get(message["reference"])
            taken = known or self._send(message)
        if known is None:
            self._report_later(taken, message.get("receipt_url"))
        body = {"code": "0", "message_id": taken["message_id"], "duplicate": known is not None}
        return Answer(body=body)

    def _send(self, message: Mapping[str, Any]) -> dict[str, str]:
        sent = {name: str(message[name]) for name in ("reference", "phone", "text")}
        sent |= {"message_id": secrets.token_hex(8), "at": self._clock().isoformat()}
        self._sent[sent["reference"]] = sent
        self._keep(sent)
        return sent

    def _report_later(self, message: Mapping[str, str], receipt_url: object) -> None:
        if isinstance(receipt_url, str) and receipt_url.startswith(("http://", "https://")):
            threading.Thread(target=self._report, args=(message, receipt_url), daemon=True).start()

    def _keep(self, message: Mapping[str, str]) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(message, ensure_ascii=False) + "\n")

    def _report(self, message: Mapping[str, str], receipt_url: str) -> None:
        time.sleep(self.receipt_delay)
        off = message["phone"].endswith("0000")
        receipt = {
            "message_id": message["message_id"],
            "reference": message["reference"],
            "status": "failed" if off else "delivered",
            "reason": "对方已关机" if off else "",
            "at": self._clock().isoformat(),
        }
        body = json.dumps(receipt, ensure_ascii=False).encode()
        for pause in _RECEIPT_PAUSES:
            time.sleep(pause)
            try:
                headers = self.sign_receipt(body)
                if httpx.post(receipt_url, content=body, headers=headers, timeout=5).is_success:
                    return
            except httpx.TransportError:
                continue

    def sign_receipt(self, body: bytes) -> dict[str, str]:
        """Return the headers under which a receipt travels."""
        sent_at, nonce = str(int(self._clock().timestamp() * 1000)), secrets.token_hex(8)
        signature = sign_body(sender=self._app, time=sent_at, nonce=nonce, body=body, secret=self._secret)
        return {
            "Content-Type": "application/json",
            "X-Sms-App": self._app,
            "X-Sms-Time": sent_at,
            "X-Sms-Nonce": nonce,
            "X-Sms-Sign": signature,
        }


def _refuse(code: str, message: str, status: int = 200) -> Answer:
    return Answer(status=status, body={"code": code, "message": message})


def main(*, port: int, data: Path) -> None:
    """Run the gateway; the secret is that of the site's own settings."""
    secret = os.environ.get("SUBAN_SMS_SECRET") or DEMO_SECRET
    serve(Gateway(data=data, secret=secret), name="sms", port=port)
