"""Departments' systems over HTTPS: JSON, signed (docs/reference/protocols/departments.md)."""

import secrets
from datetime import datetime
from typing import Final

import httpx
import orjson

from suban.departments.errors import PushRefusedError, SystemDownError
from suban.departments.rules.addresses import SIMULATED
from suban.departments.rules.signatures import signed_headers
from suban.departments.types import Call, Payload, Target

PUSH_PATH: Final = "/v1/cases"
_LATER: Final = frozenset({401, 408, 425, 429})


class HttpDepartmentClient:
    """Posts pushes to `<url>/v1/cases`; `simulator_url` is where the demo's own system listens today."""

    def __init__(
        self, *, simulator_url: str = "", timeout: float = 10.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._simulator_url = simulator_url
        self._client = httpx.Client(
            timeout=timeout, transport=transport, trust_env=False, follow_redirects=False
        )

    def push(self, *, target: Target, payload: Payload, at: datetime) -> None:
        """Deliver `payload`.

        :raises SystemDownError: no answer, or one that asks to come again.
        :raises PushRefusedError: it will not be taken like this.
        """
        url = httpx.URL(f"{self._address(target)}{PUSH_PATH}")
        call = Call(method="POST", path=url.path, body=orjson.dumps(dict(payload)))
        headers = signed_headers(
            call, system=target.key, secret=target.secret, nonce=secrets.token_hex(16), at=at
        )
        try:
            answer = self._client.post(
                url, content=call.body, headers={**headers, "Content-Type": "application/json"}
            )
        except httpx.HTTPError as error:
            raise SystemDownError(
                "暂时连不上部门系统，稍后自动重试。", reason=type(error).__name__
            ) from error
        _check(answer)

    def close(self) -> None:
        """Close the connections kept for the next push."""
        self._client.close()

    def _address(self, target: Target) -> str:
        if target.url != SIMULATED:
            return target.url.rstrip("/")
        if not self._simulator_url:
            raise SystemDownError("演示用的部门系统没有启动。", system=target.key)
        return self._simulator_url.rstrip("/")


def _check(answer: httpx.Response) -> None:
    status = answer.status_code
    if status >= 500 or status in _LATER:
        # A wrong signature too is mended by somebody at one of the two ends, and then goes through.
        raise SystemDownError(f"部门系统暂时没有接收（{status}），稍后自动重试。", status=status)
    if status not in {200, 201, 202, 204}:
        raise PushRefusedError(f"部门系统拒绝接收（{status}），请与部门核对后重新推送。", status=status)
