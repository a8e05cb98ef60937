"""EMS, played: takes orders, gives numbers, and reports a parcel's way by signed callbacks.

The protocol stands in docs/reference/protocols/ems.md. Like the real thing it repeats some callbacks,
sends some out of order, and tries again when nobody acknowledges. A parcel walks by itself, `speed`
times faster than in life (a day is 4 seconds at 20000; 0 stands still), or at once when
`POST /control/deliver` says so. Orders and events are kept in `ems.jsonl` in the data folder.
"""

import argparse
import hashlib
import hmac
import json
import os
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from suban.kernel.clock import now
from suban.simulators.ems_callbacks import ACKNOWLEDGED, RETRY_PAUSES, Agenda, CallbackSender, sign_message
from suban.simulators.server import Answer, Faults, Request, serve

DEMO_SECRET: Final = "demo-carrier-secret"
DEMO_SPEED: Final = 20_000.0
CLOCK_SKEW: Final = timedelta(minutes=5)
HOUR: Final = 3600.0
# What happens to a parcel, after how many hours, and where.
WAY: Final = (
    ("accepted", 1.0, "大港政务服务揽投部"),
    ("in_transit", 5.0, "镇江邮件处理中心"),
    ("in_transit", 11.0, "京口邮件处理中心"),
    ("out_for_delivery", 21.0, "京口投递部"),
    ("signed", 24.0, "京口投递部"),
)
ENDS: Final = frozenset({"signed", "refused", "returned"})
CAPACITIES: Final = frozenset({"addressee", "authorised", "other", "locker", "station"})
SERVING: Final = frozenset({"addressee", "authorised"})
SIGNERS: Final = {"authorised": "受托人", "other": "邻居", "locker": "智能快递柜", "station": "代收点"}


@dataclass(slots=True)
class Parcel:
    """An order and what has happened to the parcel so far."""

    number: str
    order: Mapping[str, Any]
    events: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    is_led: bool = False  # somebody plays its way by hand; it no longer walks by itself

    @property
    def is_done(self) -> bool:
        """Tell whether it was served or came back."""
        return any(
            event["kind"] == "returned" or event.get("signer", {}).get("capacity") in SERVING
            for event in self.events
        )


class Ems:
    """The carrier as an application."""

    def __init__(
        self,
        *,
        callback: str,
        data: Path | None = None,
        secret: str = DEMO_SECRET,
        speed: float = 0.0,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.faults = Faults()
        self.speed = speed
        self.sender = CallbackSender(url=callback, secret=secret, clock=clock)
        self._secret, self._clock = secret, clock
        self._lock = threading.RLock()
        self._agenda = Agenda()
        self._parcels: dict[str, Parcel] = {}
        self._numbers: dict[str, str] = {}
        self._file = data / "ems.jsonl" if data is not None else None
        self._recall()

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path == "/control":
            return self.faults.control(request)
        if request.path == "/healthz":
            return Answer(body={"status": "ok"})
        if request.path == "/control/orders":
            return Answer(body={"orders": self.list_orders()})
        if request.method == "POST" and request.path == "/control/deliver":
            return self._deliver(request.json())
        if request.method == "POST" and request.path == "/v1/orders":
            return self.faults.strike("orders") or self._check(request) or self._take(request.json())
        return Answer(status=404, body={"message": "没有这个接口"})

    def close(self) -> None:
        """Stop walking and close the connections."""
        self._agenda.close()
        self.sender.close()

    def list_orders(self) -> list[dict[str, Any]]:
        """Return every order with the events so far."""
        with self._lock:
            return [
                {"mail_no": p.number, "order_key": p.order["order_key"], "events": list(p.events)}
                for p in self._parcels.values()
            ]

    # Orders

    def _check(self, request: Request) -> Answer | None:
        timestamp = request.headers.get("x-ems-timestamp", "")
        nonce = request.headers.get("x-ems-nonce", "")
        given = request.headers.get("x-ems-signature", "")
        expected = sign_message(secret=self._secret, timestamp=timestamp, nonce=nonce, body=request.body)
        if not hmac.compare_digest(given.encode(), expected.encode()):
            return Answer(status=401, body={"message": "签名不正确"})
        age = abs(self._clock().timestamp() - int(timestamp) / 1000) if timestamp.isdigit() else None
        if age is None or age > CLOCK_SKEW.total_seconds():
            return Answer(status=401, body={"message": "时间戳超出允许范围"})
        return None

    def _take(self, order: dict[str, Any]) -> Answer:
        recipient = order.get("recipient")
        if not order.get("order_key") or not isinstance(recipient, dict):
            return Answer(status=422, body={"message": "缺少订单号或收件人"})
        if not all(recipient.get(name) for name in ("name", "phone", "address")):
            return Answer(status=422, body={"message": "收件人姓名、电话、地址均须填写"})
        with self._lock:
            known = self._numbers.get(order["order_key"])
            if known is not None:
                same = self._parcels[known].order == order
                return Answer(
                    status=200 if same else 409,
                    body={"mail_no": known} if same else {"message": "同一订单号的内容不一致"},
                )
            parcel = Parcel(number=self._new_number(order["order_key"]), order=order)
            self._remember(parcel)
            self._keep({"mail_no": parcel.number, "order": order})
        self._set_out(parcel)
        return Answer(status=201, body={"mail_no": parcel.number})

    def _new_number(self, order_key: str) -> str:
        # From the key, so that a carrier that lost its memory gives the same number again.
        tail = int(hashlib.sha256(order_key.encode()).hexdigest(), 16) % 10**12
        while f"1{tail:012d}" in self._parcels:
            tail = (tail + 1) % 10**12
        return f"1{tail:012d}"

    # The way

    def _set_out(self, parcel: Parcel) -> None:
        if self.speed <= 0:
            return
        for step in range(len(parcel.events), len(WAY)):
            self._agenda.after(WAY[step][1] * HOUR / self.speed, partial(self._walk, parcel, step))

    def _walk(self, parcel: Parcel, step: int) -> None:
        with self._lock:
            if parcel.is_led or parcel.is_done:
                return
            kind, _, place = WAY[step]
            event = self._happen(parcel, kind, place=place, capacity="addressee", at=self._clock())
        # By chance, but the same chance for the same parcel.
        chance = random.Random(f"{parcel.number}/{step}")
        late = kind != "signed" and chance.random() < 0.25
        gap = 6 * HOUR / self.speed
        self._agenda.after(gap * 1.5 if late else 0, lambda: self._send(parcel, event))
        if chance.random() < 0.25:
            self._agenda.after(gap * 2, lambda: self._send(parcel, event))

    def _happen(
        self, parcel: Parcel, kind: str, *, place: str, capacity: str, at: datetime, name: str = ""
    ) -> dict[str, Any]:
        event: dict[str, Any] = {
            "event_id": f"{parcel.number}-{len(parcel.events) + 1}",
            "mail_no": parcel.number,
            "order_key": parcel.order["order_key"],
            "kind": kind,
            "occurred_at": at.isoformat(timespec="milliseconds"),
            "place": place,
        }
        if kind == "signed":
            own = str(parcel.order["recipient"]["name"])
            event["signer"] = {"name": name or SIGNERS.get(capacity, own), "capacity": capacity}
        parcel.events.append(event)
        self._keep({"event": event})
        return event

    def _send(self, parcel: Parcel, event: dict[str, Any], attempt: int = 0) -> None:
        if self.sender.send(event) in ACKNOWLEDGED:
            self._acknowledge(parcel, event)
        elif attempt < len(RETRY_PAUSES):
            self._agenda.after(RETRY_PAUSES[attempt], lambda: self._send(parcel, event, attempt + 1))

    def _acknowledge(self, parcel: Parcel, event: Mapping[str, Any]) -> None:
        with self._lock:
            if event["event_id"] not in parcel.acknowledged:
                parcel.acknowledged.add(event["event_id"])
                self._keep({"acknowledged": event["event_id"], "mail_no": parcel.number})

    # Control: exists in the simulator only

    def _deliver(self, wish: Mapping[str, Any]) -> Answer:
        parcel = self._parcels.get(str(wish.get("mail_no", "")))
        kind, capacity = str(wish.get("kind", "signed")), str(wish.get("capacity", "addressee"))
        if parcel is None:
            return Answer(status=404, body={"message": "没有这个邮件"})
        if kind not in ENDS or capacity not in CAPACITIES:
            return Answer(status=422, body={"message": "kind 或 capacity 不正确"})
        with self._lock:
            parcel.is_led = True
            if not parcel.is_done:
                self._finish(parcel, kind, capacity=capacity, name=str(wish.get("name", "")))
            waiting = [e for e in parcel.events if e["event_id"] not in parcel.acknowledged]
        outcome = [
            {"event_id": e["event_id"], "kind": e["kind"], "status": self._send_now(parcel, e)}
            for e in _disorder(waiting)
        ]
        good = all(sent["status"] in ACKNOWLEDGED for sent in outcome)
        body = {"mail_no": parcel.number, "acknowledged": good, "callbacks": outcome}
        return Answer(status=200 if good else 502, body=body)

    def _finish(self, parcel: Parcel, kind: str, *, capacity: str, name: str) -> None:
        walked = {(event["kind"], event["place"]) for event in parcel.events}
        left = [(step, place) for step, _, place in WAY[:-1] if (step, place) not in walked]
        left.append((kind, WAY[-1][2]))
        at = self._clock() - timedelta(milliseconds=len(left))
        if parcel.events:
            at = max(at, datetime.fromisoformat(parcel.events[-1]["occurred_at"]))
        for place_in_line, (step, place) in enumerate(left, start=1):
            happened_at = at + timedelta(milliseconds=place_in_line)
            self._happen(parcel, step, place=place, capacity=capacity, at=happened_at, name=name)

    def _send_now(self, parcel: Parcel, event: dict[str, Any]) -> int:
        status = self.sender.send_promptly(event)
        if status in ACKNOWLEDGED:
            self._acknowledge(parcel, event)
        else:
            self._agenda.after(RETRY_PAUSES[-4], lambda: self._send(parcel, event, 4))
        return status

    # Memory

    def _remember(self, parcel: Parcel) -> None:
        self._parcels[parcel.number] = parcel
        self._numbers[parcel.order["order_key"]] = parcel.number

    def _keep(self, line: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _recall(self) -> None:
        if self._file is None or not self._file.exists():
            return
        for text in self._file.read_text(encoding="utf-8").splitlines():
            self._replay(json.loads(text))
        for parcel in self._parcels.values():
            for event in parcel.events:
                if event["event_id"] not in parcel.acknowledged:
                    self._agenda.after(1.0, partial(self._send, parcel, event))
            if not parcel.is_done:
                self._set_out(parcel)

    def _replay(self, line: Mapping[str, Any]) -> None:
        if "order" in line:
            self._remember(Parcel(number=line["mail_no"], order=line["order"]))
        elif "event" in line:
            self._parcels[line["event"]["mail_no"]].events.append(line["event"])
        else:
            self._parcels[line["mail_no"]].acknowledged.add(line["acknowledged"])


def _disorder(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `events` with two exchanged and one repeated, as carriers do."""
    if len(events) < 3:
        return events
    return [events[1], events[0], *events[2:], events[1]]


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what this simulator takes on the command line besides port and data folder."""
    command.add_argument("--callback", required=True, help="address that callbacks are posted to")
    secret = os.environ.get("SUBAN_CARRIER_SECRET") or DEMO_SECRET
    command.add_argument("--secret", default=secret, help="shared secret of both directions")
    command.add_argument(
        "--speed", type=float, default=DEMO_SPEED, help="times faster than life; 0: only when told"
    )


def main(*, port: int, data: Path, callback: str, secret: str, speed: float) -> None:
    """Run the carrier."""
    serve(Ems(callback=callback, data=data, secret=secret, speed=speed), name="ems", port=port)
