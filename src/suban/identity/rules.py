"""Pure decisions of identity: what a masked value shows, which names are well formed, who holds a right.

Masking follows the habit of Chinese counters: enough to recognise one's own, too little to use.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from suban.identity.errors import InvalidDetailsError
from suban.identity.types import Actor, Grant, Role

PATH_MARK: Final = "/"
_USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{2,63}")
_PHONE: Final = re.compile(r"1[3-9]\d{9}")
_REGION: Final = re.compile(r"\d{6}(?:\d{3}){0,2}")
_LEVELS: Final = frozenset("1234567")


def mask_name(name: str) -> str:
    """Return the name with everything but its first character hidden."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_citizen_id(citizen_id: str) -> str:
    """Return the number with birth date and sequence hidden."""
    if len(citizen_id) < 10:
        return "*" * len(citizen_id)
    return citizen_id[:4] + "*" * (len(citizen_id) - 6) + citizen_id[-2:]


def mask_phone(phone: str) -> str:
    """Return the number with its middle hidden."""
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def mask_email(email: str) -> str:
    """Return the address with all but the first letter of its local part hidden."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else "*" * len(email)


def mask_address(address: str) -> str:
    """Return the address down to about the county."""
    return address[:6] + "*" * 4 if len(address) > 6 else "*" * len(address)


def clean_username(username: str) -> str:
    """Return the account name in its one stored form.

    :raises InvalidDetailsError: it could be taken for a telephone number or can't be typed everywhere.
    """
    cleaned = username.strip().lower()
    if not _USERNAME.fullmatch(cleaned):
        raise InvalidDetailsError(
            "用户名应以字母开头，由 3 至 64 位小写字母、数字、点、横线或下划线组成。", field="username"
        )
    return cleaned


def clean_phone(phone: str) -> str:
    """Return the mobile number as 11 digits.

    :raises InvalidDetailsError: it isn't one.
    """
    cleaned = re.sub(r"[\s-]|^\+?86(?=1)", "", phone)
    if not _PHONE.fullmatch(cleaned):
        raise InvalidDetailsError(
            f"手机号码应为 1 开头的 11 位数字，您输入了 {len(cleaned)} 位。", field="phone"
        )
    return cleaned


def looks_like_phone(login: str) -> bool:
    """Tell whether someone typed a mobile number where the account name is asked for."""
    return bool(_PHONE.fullmatch(re.sub(r"[\s-]", "", login)))


def clean_name(name: str, *, field: str = "name") -> str:
    """Return a name without spaces around it.

    :raises InvalidDetailsError: nothing is left, or too much.
    """
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 200:
        raise InvalidDetailsError("请填写名称，最长 200 个字。", field=field)
    return cleaned


def clean_email(email: str) -> str:
    """Return the e-mail address, or nothing for nothing.

    :raises InvalidDetailsError: it has no local part or no domain.
    """
    cleaned = email.strip()
    if cleaned and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cleaned):
        raise InvalidDetailsError("电子邮箱应形如 name@example.cn。", field="email")
    return cleaned


def check_region_code(code: str) -> None:
    """Refuse a division code that is not 6, 9 or 12 digits.

    :raises InvalidDetailsError: it is something else.
    """
    if not _REGION.fullmatch(code):
        raise InvalidDetailsError("行政区划代码应为 6、9 或 12 位数字。", field="region_code")


def check_level(level: str) -> None:
    """Refuse a level that list A.2 of GB/T 39046 doesn't have.

    :raises InvalidDetailsError: it isn't 1 to 7.
    """
    if level not in _LEVELS:
        raise InvalidDetailsError("行使层级应为 1 至 7 之间的代码。", field="level")


def check_realname_level(level: int) -> None:
    """Refuse a level of assurance outside L1 to L4.

    :raises InvalidDetailsError: it is.
    """
    if level not in range(1, 5):
        raise InvalidDetailsError("实名等级应为 1 至 4。", field="realname_level")


def has_expired(expires_on: date | None, today: date | None) -> bool:
    """Tell whether a mandate has ended; its last day still counts, and an unknown day is no proof."""
    return expires_on is not None and (today is None or today > expires_on)


def organ_path(parent_path: str, uscc: str) -> str:
    """Return the path of an organ: every USCC from the root, each closed by a mark."""
    return f"{parent_path}{uscc}{PATH_MARK}"


def ancestors(path: str) -> tuple[str, ...]:
    """Return the USCCs from the root down to the organ itself."""
    return tuple(path.strip(PATH_MARK).split(PATH_MARK))


def lost_grants(held: Iterable[Grant], present: Collection[Grant]) -> tuple[Grant, ...]:
    """Return the grants of an old actor that the present ones no longer cover."""
    return tuple(grant for grant in held if not _is_covered(grant, present))


def _is_covered(grant: Grant, present: Collection[Grant]) -> bool:
    same = [other for other in present if other.role is grant.role]
    wide = [
        o for o in same if o.matters is None or (grant.matters is not None and grant.matters <= o.matters)
    ]
    return grant.organs <= frozenset().union(*(other.organs for other in wide))


def may_administer(actor: Actor, organ: str) -> bool:
    """Tell whether the actor may give and take rights in `organ`."""
    return actor.is_system or actor.may(Role.ADMINISTRATOR, organ)
