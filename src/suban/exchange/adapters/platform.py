"""The exchange platform over HTTP: secrets fetched and renewed, calls signed, failures contained."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
import structlog

from suban.exchange.adapters.breaker import Breaker
from suban.exchange.adapters.signatures import UnreadableSecretError, signed_headers, unwrap_secret
from suban.exchange.errors import RegisterDownError
from suban.exchange.ports import NoRegisterClient
from suban.exchange.types import Resource

log = structlog.get_logger(__name__)

TIMEOUT: Final = httpx.Timeout(2.0, connect=1.0)
_OK, _REPLAYED = "0", "1004"
# The platform doesn't know our secret (it was started anew, or the secret has ended).
_SECRET_STALE: Final = frozenset({"1002", "1005"})
_RENEW_BEFORE_MS: Final = 60_000


class _Failure(Exception):  # noqa: N818 - a way out of nested calls, never seen outside
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Secret:
    value: str
    ends_at_ms: int


class PlatformClient:
    """Fills `ports.RegisterClient`; safe to share between threads."""

    def __init__(
        self,
        http: httpx.Client,
        *,
        requester: str,
        app_key: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._requester = requester
        self._app_key = app_key
        self._breaker = Breaker(monotonic)
        self._secrets: dict[str, _Secret] = {}
        self._last_ms = 0
        self._lock = threading.Lock()

    def ask(
        self, *, resource: Resource, query: Mapping[str, str], purpose: str, case: str
    ) -> Mapping[str, Any] | None:
        """Return the record found, or None when the register has none.

        :raises RegisterDownError: there is no answer that can be relied on.
        """
        if self._breaker.is_resting(resource.key):
            raise _down(resource, "resting")
        body = {"query": dict(query), "purpose": purpose, "case": case}
        try:
            data = self._call(resource.service, body)
        except _Failure as failure:
            self._breaker.fail(resource.key)
            log.warning("register_call_failed", resource=resource.key, reason=failure.reason, case=case)
            raise _down(resource, failure.reason) from failure
        self._breaker.succeed(resource.key)
        return data

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _call(self, service: str, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        code, data = self._signed(f"/services/{service}", service, self._secret(service), body)
        if code in _SECRET_STALE:
            self._secrets.pop(service, None)
            code, data = self._signed(f"/services/{service}", service, self._secret(service), body)
        if code != _OK:
            raise _Failure("refused")
        return data

    def _secret(self, service: str) -> str:
        held = self._secrets.get(service)
        if held is None or held.ends_at_ms - _now_ms() < _RENEW_BEFORE_MS:
            held = self._fetch_secret(service)
            self._secrets[service] = held
        return held.value

    def _fetch_secret(self, service: str) -> _Secret:
        code, data = self._signed("/key", service, self._app_key, {})
        if code != _OK:
            raise _Failure("refused")
        try:
            wrapped, ends_at = (data or {})["secret"], int((data or {})["secretEndTime"])
            value = unwrap_secret(wrapped, app_key=self._app_key, service=service, requester=self._requester)
        except (KeyError, TypeError, ValueError, UnreadableSecretError) as error:
            raise _Failure("malformed") from error
        return _Secret(value, ends_at)

    def _signed(
        self, path: str, service: str, secret: str, body: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any] | None]:
        code, data = self._post(path, service, secret, body)
        if code == _REPLAYED:  # another process of ours signed in the same millisecond
            code, data = self._post(path, service, secret, body)
        return code, data

    def _post(
        self, path: str, service: str, secret: str, body: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any] | None]:
        for is_last in (False, True):
            headers = signed_headers(
                service=service, requester=self._requester, milliseconds=self._fresh_ms(), secret=secret
            )
            try:
                return _read(self._http.post(path, json=body, headers=headers))
            except httpx.TimeoutException as error:
                raise _Failure("timeout") from error  # it was slow once; asking again doubles the wait
            except httpx.HTTPError as error:
                if is_last:
                    raise _Failure("network") from error
        raise AssertionError("unreachable")

    def _fresh_ms(self) -> int:
        # The platform refuses a signature that it has seen: no two calls of this process share a time.
        with self._lock:
            self._last_ms = max(self._last_ms + 1, _now_ms())
            return self._last_ms


def _read(response: httpx.Response) -> tuple[str, Mapping[str, Any] | None]:
    if response.status_code >= 500:
        raise _Failure("unavailable")
    try:
        answer = response.json()
    except ValueError as error:
        raise _Failure("malformed") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("code"), str):
        raise _Failure("malformed")
    data = answer.get("data")
    if data is not None and not isinstance(data, dict):
        raise _Failure("malformed")
    return answer["code"], data


def _down(resource: Resource, reason: str) -> RegisterDownError:
    return RegisterDownError(
        resource=resource.key, name=resource.name, provider=resource.provider, reason=reason
    )


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def make_register_client(url: str, client_id: str, secret: str) -> PlatformClient | NoRegisterClient:
    """Return a client of the platform at `url`; without an address, one for whom all registers are down."""
    if not url:
        return NoRegisterClient()
    return PlatformClient(httpx.Client(base_url=url, timeout=TIMEOUT), requester=client_id, app_key=secret)
