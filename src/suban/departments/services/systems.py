"""Registering departments' systems. A secret is shown once, when it is made."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from suban.departments.errors import SystemRefusedError, UnknownSystemError
from suban.departments.models import DepartmentSystem
from suban.departments.rules.addresses import SIMULATED
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction
from suban.identity.queries import organ_pk
from suban.kernel.references import make_ref

KEY: Final = re.compile(r"[a-z][a-z0-9-]{1,30}")
LEAST_SECRET: Final = 16
OVERLAP: Final = timedelta(days=7)
_RESERVED: Final = frozenset({"suban", "node", "ems"})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def register_system(*, key: str, name: str, organ: str, url: str, at: datetime, secret: str = "") -> str:
    """Register a system, or change the name, organ and address of one; return its secret if it is a new one.

    :raises SystemRefusedError: the id, address or secret won't do; the message says why.
    :raises UnknownOrganError: no organ has this code.
    """
    _check(key, url, secret)
    with transaction():
        row = DepartmentSystem.objects.select_for_update().filter(key=key).first()
        if row is not None:
            row.name, row.organ_id, row.url = name, organ_pk(organ), url
            row.save(update_fields=["name", "organ", "url"])
            return ""
        fresh = secret or secrets.token_hex(32)
        DepartmentSystem.objects.create(
            key=key,
            name=name,
            organ_id=organ_pk(organ),
            url=url,
            secret=_seal(key, fresh),
            registered_at=at,
        )
    return fresh


def rotate_secret(*, key: str, at: datetime, overlap: timedelta = OVERLAP) -> str:
    """Return a new secret; the former one stays good for `overlap`, so that nobody is cut off meanwhile.

    With no overlap the former one ends now: for a secret that leaked.

    :raises UnknownSystemError: no system has this id.
    """
    fresh = secrets.token_hex(32)
    with transaction():
        row = _lock(key)
        row.previous_secret, row.previous_until = row.secret, at + overlap
        row.secret = _seal(key, fresh)
        row.save(update_fields=["secret", "previous_secret", "previous_until"])
    return fresh


def switch_system(*, key: str, enabled: bool) -> None:
    """Switch a system on or off. Off: nothing is pushed, and nothing it says is taken.

    :raises UnknownSystemError: no system has this id.
    """
    with transaction():
        row = _lock(key)
        row.enabled = enabled
        row.save(update_fields=["enabled"])


def _lock(key: str) -> DepartmentSystem:
    row = DepartmentSystem.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise UnknownSystemError("没有登记这个部门系统。", system=key)
    return row


def _seal(key: str, secret: str) -> bytes:
    return seal(subject=make_ref("system", key), text=secret)


def _check(key: str, url: str, secret: str) -> None:
    if not KEY.fullmatch(key) or key in _RESERVED:
        raise SystemRefusedError("系统编号由小写字母、数字和连字符组成，字母开头，2 至 31 位。", key=key)
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if url != SIMULATED and not (safe and parts.hostname):
        raise SystemRefusedError("系统地址应以 https:// 开头：推送的内容含有个人信息。", url=url)
    if parts.query or parts.fragment or parts.username:
        raise SystemRefusedError("系统地址不能带参数或账号。", url=url)
    if secret and len(secret) < LEAST_SECRET:
        raise SystemRefusedError(f"密钥至少 {LEAST_SECRET} 位。")
