"""The exchange platform with four registers behind it: identity, certificates, licences of companies.

The protocol stands in docs/reference/protocols/registers.md: `POST /key` gives the secret of a
service, `POST /services/<sid>` asks it. The records come from `registers.json` in the data folder
(read again whenever it changes) or, where there is none, from a small made-up set.
"""

import json
import os
import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from suban.kernel.clock import now
from suban.simulators.server import Answer, Faults, Request, serve
from suban.simulators.signatures import Guard, header, is_signed_by, sign_call, wrap_secret

SECRET_LIFE: Final = timedelta(hours=24)
DEMO_REQUESTER: Final = "suban"
DEMO_APP_KEY: Final = "demo-app-key"


@dataclass(frozen=True, slots=True)
class Register:
    """One service of the platform: whose it is, and what its records are found by."""

    key: str
    provider: str
    name: str
    found_by: str


REGISTERS: Final = MappingProxyType(
    {
        "s_identity_0001": Register("identity", "公安机关", "人口基础信息", "citizen_id"),
        "s_certificate_0001": Register(
            "professional_certificate", "人力资源社会保障部门", "职业资格证书信息", "citizen_id"
        ),
        "s_business_licence_0001": Register("business_licence", "市场监督管理部门", "营业执照信息", "uscc"),
        "s_drug_licence_0001": Register("drug_licence", "药品监督管理部门", "药品经营许可证信息", "uscc"),
    },
)

# Made-up people and companies; identity numbers are of the division 329900, which doesn't exist.
BUILT_IN: Final[Mapping[str, list[dict[str, Any]]]] = MappingProxyType(
    {
        "identity": [
            {
                "citizen_id": "329900198203150024",
                "name": "示例药师甲",
                "sex": "女",
                "nation": "汉族",
                "birth_date": "1982-03-15",
                "address": "江苏省镇江市示例区演示路1号",
                "status": "正常",
            },
        ],
        "professional_certificate": [
            {
                "citizen_id": "329900198203150024",
                "name": "示例药师甲",
                "certificate_number": "ZY00000000000001",
                "profession": "执业药师",
                "category": "药学",
                "issued_on": "2017-03-20",
                "issuer": "江苏省人力资源和社会保障厅（示例）",
                "status": "有效",
                "registered_unit": "",
            },
        ],
        "business_licence": [
            {
                "uscc": "91321102MA1ABMR0X6",
                "name": "镇江示例大药房有限公司",
                "legal_representative": "示例法人乙",
                "kind": "有限责任公司",
                "address": "江苏省镇江市示例区演示路8号",
                "established_on": "2016-05-10",
                "expires_on": "",
                "scope": "药品零售；医疗器械零售",
                "status": "存续",
            },
        ],
        "drug_licence": [
            {
                "uscc": "91321102MA1ABMR0X6",
                "name": "镇江示例大药房有限公司",
                "licence_number": "苏DA5110000",
                "kind": "零售",
                "scope": "中成药、化学药制剂、抗生素制剂、生化药品",
                "address": "江苏省镇江市示例区演示路8号",
                "issuer": "镇江市食品药品监督管理局（示例）",
                "issued_on": "2016-06-01",
                "expires_on": "2031-05-31",
                "status": "有效",
            },
        ],
    },
)


class Records:
    """The registers' records: a file that may be replaced at any time, or the built-in set."""

    def __init__(self, data: Path | None) -> None:
        self._file = data / "registers.json" if data is not None else None
        self._read_at = -1
        self._records: Mapping[str, list[dict[str, Any]]] = BUILT_IN

    def find(self, register: Register, query: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the record that `query` fits in every field it names."""
        self._refresh()
        for record in self._records.get(register.key, []):
            if all(record.get(field) == value for field, value in query.items()):
                return record
        return None

    def _refresh(self) -> None:
        if self._file is None or not self._file.exists():
            return
        changed_at = self._file.stat().st_mtime_ns
        if changed_at != self._read_at:
            with suppress(ValueError):  # half written: the next call reads it again
                self._records = json.loads(self._file.read_text(encoding="utf-8"))
                self._read_at = changed_at


@dataclass(frozen=True, slots=True)
class _Secret:
    value: str
    ends_at: datetime


class Registers:
    """The platform as an application: checks who calls, then asks the register."""

    def __init__(
        self,
        *,
        data: Path | None = None,
        requesters: Mapping[str, str] = MappingProxyType({DEMO_REQUESTER: DEMO_APP_KEY}),
        clock: Callable[[], datetime] = now,
        secret_life: timedelta = SECRET_LIFE,
    ) -> None:
        self.faults = Faults()
        self.calls: deque[dict[str, str]] = deque(maxlen=1000)
        self._records = Records(data)
        self._requesters = requesters
        self._clock = clock
        self._life = secret_life
        self._guard = Guard(clock)
        self._secrets: dict[tuple[str, str], list[_Secret]] = {}
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path == "/control":
            return self.faults.control(request)
        if request.path == "/healthz":
            return Answer(body={"status": "ok"})
        if request.path == "/calls":
            return Answer(body={"calls": list(self.calls)})
        if request.method == "POST" and request.path == "/key":
            return self._give_key(request)
        if request.method == "POST" and request.path.startswith("/services/"):
            return self._serve(request, request.path.removeprefix("/services/"))
        return _refuse("2001", "没有这个接口", status=404)

    def forget_secrets(self) -> None:
        """Drop every secret, as a platform does that was started anew."""
        self._secrets.clear()

    def _give_key(self, request: Request) -> Answer:
        service = header(request.headers, "gjgxjhpt_sid")
        requester = header(request.headers, "gjgxjhpt_rid")
        app_key = self._requesters.get(requester)
        refused = self._check(request, service, () if app_key is None else (app_key,))
        if refused is not None or app_key is None:
            return refused or _refuse("1002", "签名不正确")
        secret = self._secret_for(requester, service)
        wrapped = wrap_secret(secret.value, app_key=app_key, service=service, requester=requester)
        ends_at = str(int(secret.ends_at.timestamp() * 1000))
        return _accept({"secret": wrapped, "secretEndTime": ends_at})

    def _secret_for(self, requester: str, service: str) -> _Secret:
        # The last one stays valid until it ends: two processes of one requester must not fight over it.
        with self._lock:
            held = self._secrets.setdefault((requester, service), [])
            held[:] = [secret for secret in held if secret.ends_at > self._clock()]
            if not held or held[-1].ends_at - self._clock() < self._life / 10:
                held.append(_Secret(secrets.token_hex(16), self._clock() + self._life))
            return held[-1]

    def _serve(self, request: Request, service: str) -> Answer:
        register = REGISTERS.get(service)
        if register is None:
            return _refuse("2001", "没有这个服务", status=404)
        struck = self.faults.strike(register.key)
        if struck is not None:
            return struck
        requester = header(request.headers, "gjgxjhpt_rid")
        held = self._secrets.get((requester, service), [])
        valid = [secret.value for secret in held if secret.ends_at > self._clock()]
        if not valid:
            return _refuse("1005", "密钥不存在或已过期，请重新获取")
        return self._check(request, service, valid) or self._look_up(register, request)

    def _check(self, request: Request, service: str, valid: tuple[str, ...] | list[str]) -> Answer | None:
        requester = header(request.headers, "gjgxjhpt_rid")
        time = header(request.headers, "gjgxjhpt_rtime")
        signature = header(request.headers, "gjgxjhpt_sign")
        if not (requester and time and signature) or header(request.headers, "gjgxjhpt_sid") != service:
            return _refuse("1001", "缺少签名请求头")

        def sign(secret: str) -> str:
            return sign_call(service=service, requester=requester, time=time, secret=secret)

        if not is_signed_by(valid, signature, sign):
            return _refuse("1002", "签名不正确")
        if not self._guard.is_timely(time):
            return _refuse("1003", "请求时间超出允许的偏差")
        if not self._guard.is_first(requester, service, time, signature):
            return _refuse("1004", "重复的请求")
        return None

    def _look_up(self, register: Register, request: Request) -> Answer:
        asked = request.json()
        query, purpose, case = asked.get("query"), asked.get("purpose"), asked.get("case")
        if not (isinstance(purpose, str) and purpose and isinstance(case, str) and case):
            return _refuse("2003", "须说明用途和办件编号")
        if not isinstance(query, dict) or not query.get(register.found_by):
            return _refuse("2002", f"查询条件缺少 {register.found_by}")
        at = self._clock().isoformat()
        self.calls.append({"register": register.key, "purpose": purpose, "case": case, "at": at})
        return _accept(self._records.find(register, query))


def _accept(data: Mapping[str, Any] | None) -> Answer:
    return Answer(body={"code": "0", "message": "ok", "data": data})


def _refuse(code: str, message: str, status: int = 200) -> Answer:
    return Answer(status=status, body={"code": code, "message": message, "data": None})


def main(*, port: int, data: Path) -> None:
    """Run the platform; the requester's id and app key are those of the site's own settings."""
    requester = os.environ.get("SUBAN_REGISTERS_ID") or DEMO_REQUESTER
    app_key = os.environ.get("SUBAN_REGISTERS_SECRET") or DEMO_APP_KEY
    serve(Registers(data=data, requesters={requester: app_key}), name="registers", port=port)
