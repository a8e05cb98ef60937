"""The journey itself, role by role, as the law orders it."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from suban.config.journey.callers import Caller, JourneyError, Site
from suban.config.journey.papers import make_pdf, make_photo
from suban.kernel.clock import SHANGHAI, now

_PAUSE: Final = 0.02
_STROLL: Final = 0.25
_PATIENCE: Final = 60.0
_FOR_POSTMAN: Final = 20.0
Say = Callable[[str], None]


@dataclass
class Story:
    """What happened, for the last line."""

    case_number: str = ""
    materials: int = 0
    uploaded: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    licence_id: str = ""
    licence_file: str = ""
    parcel_number: str = ""
    events: list[dict[str, str]] = field(default_factory=list)
    machine_seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the story as it is printed."""
        return {**self.__dict__, "uploaded": len(self.uploaded), "held": len(self.held)}


@dataclass
class Journey:
    """One journey in the making."""

    site: Site
    accounts: dict[str, Any]
    folder: Path
    say: Say
    story: Story = field(default_factory=Story)

    def play(self) -> Story:
        """Play it to the end.

        :raises JourneyError: a step didn't succeed.
        """
        applicant = self._apply()
        self._examine()
        self._receive(applicant)
        self._send(applicant)
        return self.story

    def _note(self, name: str, words: str) -> None:
        self.story.events.append({"name": name, "at": now().isoformat().replace("+00:00", "Z")})
        self.say(f"{self.site.watch.seconds:6.2f} s  {words}")

    def _sign_in(self, role: str, *, company: str = "") -> Caller:
        account = self.accounts.get(role)
        if not isinstance(account, dict):
            raise JourneyError(f"the accounts file names no {role}")
        return self.site.sign_in(account, company=company)

    def _apply(self) -> Caller:
        applicant = self._sign_in("applicant")
        self._note("signed_in", "申请人登录")
        started = applicant.post(
            "/cases",
            json={"matter_code": self.accounts["matter"]},
            headers={"Idempotency-Key": secrets.token_hex(16)},
        )
        number = self.story.case_number = str(started["number"])
        self._note("started", f"开始申请 {number}")
        answers = applicant.get(f"/cases/{number}/answers")
        saved = applicant.put(
            f"/cases/{number}/answers",
            json={"answers": {**answers["answers"], **self._answers()}, "revision": answers["revision"]},
        )
        self._note("answered", "填写申请表")
        self._give_materials(applicant, int(saved["revision"]))
        applicant.put(f"/cases/{number}/delivery", json={"way": "post", "address": self._address()})
        self._note("delivery_chosen", "选择邮寄")
        applicant.post(f"/cases/{number}/checks")
        self._note("checked", "提交前检查")
        applicant.post(f"/cases/{number}/submit")
        self._note("submitted", "提交")
        return applicant

    def _answers(self) -> dict[str, Any]:
        yesterday = (datetime.now(SHANGHAI).date() - timedelta(days=1)).isoformat()
        return {
            name: value.replace("{yesterday}", yesterday) if isinstance(value, str) else value
            for name, value in self.accounts["answers"].items()
        }

    def _address(self) -> dict[str, str]:
        given = self.accounts.get("address") or {}
        return {
            "name": given.get("name", "申请人"),
            "phone": given.get("phone", "15400000001"),
            "address": given.get("address", "江苏省镇江市京口区演示路 18 号 2 幢 301 室"),
        }

    def _give_materials(self, applicant: Caller, revision: int) -> None:
        number = self.story.case_number
        outcomes = applicant.post(f"/cases/{number}/held-materials")["outcomes"]
        self.story.held = [slot for slot, outcome in outcomes.items() if outcome == "held"]
        self._note("held_collected", f"自动取得 {len(self.story.held)} 份已有材料")
        slots = applicant.get(f"/cases/{number}/materials")
        self.story.materials = len(slots)
        asked = []
        for slot in slots:
            if slot["state"] == "done" or slot["need"] == "optional":
                continue
            if "company" in slot["ways"]:
                asked.append(applicant.post(f"/cases/{number}/materials/{slot['slot']}/confirmation")["key"])
            elif "form" not in slot["ways"]:
                self._upload(applicant, slot)
        if asked:
            self._note("company_asked", "请单位确认")
            self._confirm(asked)
        if any("form" in slot["ways"] for slot in slots):
            applicant.post(f"/cases/{number}/form/confirm", json={"revision": revision})
            self._note("form_confirmed", "确认申请表")

    def _upload(self, applicant: Caller, slot: dict[str, Any]) -> None:
        if "application/pdf" in slot["media_types"]:
            file = (f"{slot['slot']}.pdf", make_pdf(slot["slot"]), "application/pdf")
        elif "image/png" in slot["media_types"]:
            file = (f"{slot['slot']}.png", make_photo(), "image/png")
        else:
            raise JourneyError(f"no sample file fits {slot['name']}: {slot['media_types']}")
        applicant.post(f"/cases/{self.story.case_number}/materials/{slot['slot']}", files={"file": file})
        self.story.uploaded.append(slot["slot"])
        self._note("uploaded", f"上传 {slot['name']}")

    def _confirm(self, keys: list[str]) -> None:
        employer = self._sign_in("employer", company=str(self.accounts["company"]))
        for key in keys:
            employer.post(f"/confirmations/{key}/confirm")
        self._note("company_confirmed", "单位确认")

    def _examine(self) -> None:
        number = self.story.case_number
        self._sign_in("clerk").post(f"/files/{number}/accept")
        self._note("accepted", "受理")
        self._complete_steps()
        self._sign_in("decider").post(f"/files/{number}/grant", json={})
        self._note("granted", "准予")

    def _complete_steps(self) -> None:
        # The lot decides who examines: one after the other is asked whether the case fell to them.
        waiting = [role for role in sorted(self.accounts) if role.startswith("examiner")]
        while waiting:
            officer = self._sign_in(waiting.pop(0))
            while steps := self._steps_of(officer):
                for step in steps:
                    opinion = {"agrees": True, "opinion": "材料齐全，符合法定条件，拟同意。"}
                    officer.post(f"/files/{self.story.case_number}/steps/{step}", json=opinion)
                    self._note("examined", f"审查（{officer.name}）")
            if not self._is_waiting(officer):
                return

    def _is_waiting(self, officer: Caller) -> bool:
        return str(officer.get(f"/files/{self.story.case_number}")["state"]) in {"accepted", "review"}

    def _steps_of(self, officer: Caller) -> list[str]:
        number = self.story.case_number
        mine = officer.get(f"/worklists/mine?text={number}")["items"]
        if not mine:
            return []
        file = officer.get(f"/files/{number}")
        return [act["step"] for act in file["acts"] if act["act"] == "complete_step"]

    def _receive(self, applicant: Caller) -> None:
        number = self.story.case_number
        result = self._wait(
            lambda: _ready(applicant.get(f"/cases/{number}/result"), "licence_id"), "the signed licence"
        )
        self.story.licence_id = result["licence_id"]
        self.story.machine_seconds = round(self.site.watch.seconds, 3)
        self._note("licence_issued", f"证照已签发 {self.story.licence_id}")
        content = applicant.fetch(f"/licences/{self.story.licence_id}/file")
        if not content.startswith(b"%PDF-"):
            raise JourneyError("the licence that was downloaded isn't a PDF")
        self.folder.mkdir(parents=True, exist_ok=True)
        path = (self.folder / f"{number}.pdf").absolute()
        path.write_bytes(content)
        self.story.licence_file = str(path)
        self._note("licence_downloaded", f"下载证照 {path}")

    def _send(self, applicant: Caller) -> None:
        number = self.story.case_number
        self._sign_in("dispatcher").post(f"/files/{number}/dispatch")
        self._note("dispatched", "交寄")
        parcel = self._wait(lambda: _ready(self._parcel(applicant), "number"), "the parcel number")
        self.story.parcel_number = parcel["number"]
        self._note("parcel_numbered", f"邮件号 {self.story.parcel_number}")
        # From here on it is the carrier's time; the journey is whole without it.
        served = self._look_for(
            lambda: _ready(self._parcel(applicant), "service_date"), _FOR_POSTMAN, pause=_STROLL
        )
        if served:
            self._note("served", f"已送达 {served['service_date']}")

    def _parcel(self, applicant: Caller) -> dict[str, Any]:
        parcels = applicant.get(f"/cases/{self.story.case_number}/parcels")
        return dict(parcels[-1]) if parcels else {}

    def _wait(self, look: Callable[[], dict[str, Any]], what: str) -> dict[str, Any]:
        found = self._look_for(look, _PATIENCE)
        if not found:
            raise JourneyError(f"waited {_PATIENCE:.0f} s for {what}")
        return found

    def _look_for(
        self, look: Callable[[], dict[str, Any]], patience: float, *, pause: float = _PAUSE
    ) -> dict[str, Any]:
        until = time.monotonic() + patience
        while not (found := look()) and time.monotonic() < until:
            time.sleep(pause)
            self.site.watch.seconds += pause
        return found


def _ready(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return answer if answer.get(name) else {}
