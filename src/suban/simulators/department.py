"""A department's own system, played: takes pushed cases, fetches the materials, reports by signed messages.

The protocol stands in docs/reference/protocols/departments.md. A case goes its way by itself, a message
every `delay` seconds, in the mode that was set when it came: `auto` grants, `refuse` refuses, `correction`
asks for one first, `silent` says nothing, `contradictory` decides before it accepts, `duplicate` says all
twice, `out_of_order` says the last first. Cases and messages are kept in `department.jsonl`.
"""

import argparse
import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from suban.kernel.clock import now
from suban.simulators.department_messages import FINAL, HttpTransport, Line, Transport
from suban.simulators.ems_callbacks import RETRY_PAUSES, Agenda
from suban.simulators.server import Answer, Faults, Request, serve

DEMO_SYSTEM: Final = "jingkou-transport"
DEMO_SECRET: Final = "demo-department-secret"
DEMO_DELAY: Final = 2.0
MODES: Final = ("auto", "refuse", "correction", "silent", "contradictory", "duplicate", "out_of_order")
CLERK, EXAMINER, DECIDER = "0017", "0021", "0003"
Message = dict[str, Any]


@dataclass(slots=True)
class Case:
    """A case as it was pushed, and what was said about it."""

    number: str
    mode: str
    pushes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    fetched: dict[str, bool] = field(default_factory=dict)

    @property
    def application(self) -> Mapping[str, Any]:
        """The newest push that holds the application."""
        whole = [push for push in self.pushes.values() if "materials" in push]
        return whole[-1] if whole else {}


class Department:
    """The department's system as an application."""

    def __init__(
        self,
        transport: Transport,
        *,
        system: str = DEMO_SYSTEM,
        secret: str = DEMO_SECRET,
        data: Path | None = None,
        delay: float = 0.0,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Play `system`; with `delay` 0 a case stands still until `play` or `/control/play` moves it."""
        self.faults = Faults()
        self.mode = "auto"
        self.delay = delay
        self.line = Line(transport, system=system, secret=secret, clock=clock)
        self._clock = clock
        self._lock = threading.RLock()
        self._agenda = Agenda()
        self._cases: dict[str, Case] = {}
        self._file = data / "department.jsonl" if data is not None else None
        self._recall()

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        routes = {
            ("GET", "/healthz"): lambda: Answer(body={"status": "ok"}),
            ("GET", "/control/cases"): lambda: Answer(body={"cases": self.list_cases()}),
            ("POST", "/control/mode"): lambda: self._set_mode(request.json()),
            ("POST", "/control/play"): lambda: self._play_now(request.json()),
            ("POST", "/control/say"): lambda: self._say_now(request.json()),
            ("POST", "/v1/cases"): lambda: self._receive(request),
        }
        if request.path == "/control":
            return self.faults.control(request)
        route = routes.get((request.method, request.path))
        return route() if route else Answer(status=404, body={"message": "没有这个接口"})

    def close(self) -> None:
        """Do nothing more by itself."""
        self._agenda.close()

    def list_cases(self) -> list[dict[str, Any]]:
        """Return every case with what was said and what became of it."""
        with self._lock:
            return [
                {
                    "case": case.number,
                    "mode": case.mode,
                    "pushes": [push["kind"] for push in case.pushes.values()],
                    "messages": [
                        {"kind": said["kind"], "outcome": case.outcomes.get(said["message_id"], "")}
                        for said in case.messages
                    ],
                    "fetched": dict(case.fetched),
                }
                for case in self._cases.values()
            ]

    # Pushes

    def _receive(self, request: Request) -> Answer:
        struck = self.faults.strike("pushes")
        if struck is not None:
            return struck
        if fault := self.line.find_fault(request):
            return Answer(status=401, body={"message": fault})
        push = request.json()
        if not all(push.get(name) for name in ("message_id", "case", "kind")):
            return Answer(status=422, body={"message": "缺少消息编号、办件编号或类型"})
        with self._lock:
            case = self._cases.setdefault(push["case"], Case(push["case"], self.mode))
            if push["message_id"] in case.pushes:
                return Answer(body={"message_id": push["message_id"], "repeated": True})
            case.pushes[push["message_id"]] = push
            self._keep({"case": case.number, "mode": case.mode, "push": push})
        if self.delay > 0:
            self._agenda.after(self.delay, partial(self.play, case.number, pause=self.delay))
        return Answer(status=202, body={"message_id": push["message_id"]})

    # What it says

    def play(self, number: str, *, pause: float = 0.0) -> None:
        """Say what the case's mode has it say after its newest push: at once, or with pauses between."""
        case = self._cases[number]
        newest = list(case.pushes.values())[-1]
        self._fetch_all(case)
        waiting = self._script(case, newest)
        if case.mode == "out_of_order":
            waiting.reverse()
        if case.mode == "duplicate":
            waiting = [said for said in waiting for _ in range(2)]
        for place, said in enumerate(waiting):
            if pause:
                self._agenda.after(pause * place, partial(self._send, case, said))
            else:
                self._send(case, said)

    def say(self, number: str, kind: str, **content: Any) -> Message:
        """Put a message under the next number, without sending it."""
        with self._lock:
            case = self._cases[number]
            sequence = len(case.messages) + 1
            said = {
                "message_id": f"{number}-{sequence}",
                "case": number,
                "sequence": sequence,
                "kind": kind,
                "occurred_at": self._clock().isoformat(timespec="milliseconds"),
                **content,
            }
            case.messages.append(said)
            self._keep({"case": number, "message": said})
            return said

    def _script(self, case: Case, push: Mapping[str, Any]) -> list[Message]:
        say = partial(self.say, case.number)
        if case.mode == "silent":
            return []
        if push["kind"] == "case_withdrawn":
            return [say("withdrawal_acknowledged")]
        if push["kind"] == "status_query":
            return [say("status", text="正在办理")]
        script = [say("received")]
        if case.mode == "correction" and push["kind"] == "case_submitted":
            return [*script, say("correction_requested", items=self._find_defects(case), officer=CLERK)]
        if case.mode == "contradictory":
            script.append(say("granted", result_number=self._number(case), officer=DECIDER))
        script.append(say("accepted", officer=CLERK))
        agrees = case.mode != "refuse"
        script.extend(
            say(
                "step_completed",
                step=step["key"],
                agrees=agrees,
                opinion="符合条件。" if agrees else "车辆未检测合格。",
                officer=EXAMINER,
            )
            for step in case.application.get("steps", [])
        )
        return [*script, self._decide(case, agrees=agrees)]

    def _decide(self, case: Case, *, agrees: bool) -> Message:
        if not agrees:
            return self.say(case.number, "refused", reasons="拟投入的车辆未经检测合格。", officer=DECIDER)
        fields = {given["name"]: given for given in case.application.get("fields", [])}
        face = {"scope": str(fields["scope"]["text"])} if "scope" in fields else {}
        return self.say(case.number, "granted", result_number=self._number(case), face=face, officer=DECIDER)

    @staticmethod
    def _number(case: Case) -> str:
        tail = int(hashlib.sha256(case.number.encode()).hexdigest(), 16) % 10**6
        return f"321102{tail:06d}"

    @staticmethod
    def _find_defects(case: Case) -> list[dict[str, str]]:
        uploads = [one for one in case.application.get("materials", []) if one.get("kind") == "upload"]
        slot = uploads[0]["slot"] if uploads else "form"
        return [
            {"slot": slot, "defect": "内容不完整，请补充应急处置部分。", "basis": "道路运输条例第二十一条"}
        ]

    def _fetch_all(self, case: Case) -> None:
        for material in case.application.get("materials", []):
            file = material.get("file")
            if file and not case.fetched.get(file["url"]):
                answered = self.line.fetch(file["url"])
                digest = f"sha256:{hashlib.sha256(answered.content).hexdigest()}"
                case.fetched[file["url"]] = answered.status == 200 and digest == file["digest"]

    def _send(self, case: Case, said: Message, attempt: int = 0) -> None:
        answered = self.line.tell(said)
        if answered.status in FINAL:
            outcome = str(answered.json().get("outcome") or answered.json().get("code", ""))
            with self._lock:
                case.outcomes[said["message_id"]] = outcome
                self._keep({"case": case.number, "acknowledged": said["message_id"], "outcome": outcome})
        elif attempt < len(RETRY_PAUSES):
            self._agenda.after(RETRY_PAUSES[attempt], lambda: self._send(case, said, attempt + 1))

    # Control: exists in the simulator only

    def _set_mode(self, wish: Mapping[str, Any]) -> Answer:
        if wish.get("mode") not in MODES:
            return Answer(status=422, body={"message": f"mode is one of {MODES}"})
        self.mode = str(wish["mode"])
        return Answer(body={"mode": self.mode})

    def _play_now(self, wish: Mapping[str, Any]) -> Answer:
        number = str(wish.get("case", ""))
        if number not in self._cases:
            return Answer(status=404, body={"message": "没有这个办件"})
        self._cases[number].mode = str(wish.get("mode") or self._cases[number].mode)
        self.play(number)
        return Answer(body={"case": number, "outcomes": self._cases[number].outcomes})

    def _say_now(self, wish: Mapping[str, Any]) -> Answer:
        number = str(wish.get("case", ""))
        if number not in self._cases:
            return Answer(status=404, body={"message": "没有这个办件"})
        content = {name: value for name, value in wish.items() if name not in {"case", "kind"}}
        answered = self.line.tell(self.say(number, str(wish.get("kind", "")), **content))
        return Answer(status=answered.status or 502, body=answered.json())

    # Memory

    def _keep(self, line: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _recall(self) -> None:
        if self._file is None or not self._file.exists():
            return
        for text in self._file.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            case = self._cases.setdefault(line["case"], Case(line["case"], line.get("mode", "auto")))
            if "push" in line:
                case.pushes[line["push"]["message_id"]] = line["push"]
            elif "message" in line:
                case.messages.append(line["message"])
            else:
                case.outcomes[line["acknowledged"]] = line["outcome"]
        for case in self._cases.values():
            for said in case.messages:
                if said["message_id"] not in case.outcomes:
                    self._agenda.after(1.0, partial(self._send, case, said))


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what this simulator takes on the command line besides port and data folder."""
    command.add_argument("--site", required=True, help="address of the site")
    command.add_argument("--system", default=DEMO_SYSTEM, help="the id under which the site knows it")
    secret = os.environ.get("SUBAN_DEPARTMENT_SECRET") or DEMO_SECRET
    command.add_argument("--secret", default=secret, help="shared secret of both directions")
    command.add_argument(
        "--delay", type=float, default=DEMO_DELAY, help="seconds between messages; 0: only when told"
    )


def main(*, port: int, data: Path, site: str, system: str, secret: str, delay: float) -> None:
    """Run the department's system."""
    transport = HttpTransport(site)
    serve(
        Department(transport, system=system, secret=secret, data=data, delay=delay),
        name="department",
        port=port,
    )
