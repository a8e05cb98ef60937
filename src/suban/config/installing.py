"""What an installation must have before it serves anybody; each step asks whether it was done before.

Every function returns whether it did something: false means that it was there already.
"""

import sys
from dataclasses import dataclass
from datetime import datetime
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from suban.foundation.errors import NodeKeyExistsError
from suban.foundation.services.node_key import create_node_key
from suban.identity.errors import InvalidDetailsError
from suban.identity.queries import find_organ, get_organ, list_grants, list_regions, list_staff
from suban.identity.services import create_staff, grant_role, import_regions_of_jiangsu, register_organ
from suban.identity.types import SYSTEM, Role, StaffView
from suban.licences.errors import UnknownLicenceError
from suban.licences.queries import get_status_list, get_trust
from suban.licences.services import create_organ_seal, publish_status_list


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrgan:
    """An organ as the command line describes it."""

    uscc: str
    name: str
    short_name: str
    level: str
    region_code: str
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """A staff member as the command line describes one."""

    username: str
    name: str
    organ: str
    post: str
    roles: tuple[Role, ...]


def ensure_node_key() -> bool:
    """Make the key with which this node signs its checkpoints."""
    try:
        create_node_key()
    except NodeKeyExistsError:
        return False
    return True


def ensure_regions() -> bool:
    """Import the divisions of Jiangsu that ship with the software."""
    if list_regions():
        return False
    import_regions_of_jiangsu()
    return True


def ensure_organ(organ: NewOrgan, *, at: datetime) -> bool:
    """Register an organ.

    :raises InvalidIdentifierError: the code can't be a unified social credit code.
    :raises InvalidDetailsError: a detail is missing or malformed.
    """
    if find_organ(organ.uscc) is not None:
        return False
    register_organ(
        uscc=organ.uscc,
        name=organ.name,
        short_name=organ.short_name or organ.name,
        level=organ.level,
        region_code=organ.region_code,
        parent=organ.parent,
        at=at,
    )
    return True


def ensure_seal(organ: str, *, at: datetime) -> bool:
    """Give the organ an electronic seal of this node's own authority, until a real one is imported.

    :raises UnknownOrganError: there is no such organ.
    """
    known = {key_id for key_id, key in get_trust().keys.items() if key.organ == organ}
    return create_organ_seal(organ=organ, name=get_organ(organ).name, at=at) not in known


def ensure_staff(staff: NewStaff, *, at: datetime) -> bool:
    """Open a staff member's account with its rights; the password is asked for when it is needed.

    :raises UnknownOrganError: there is no such organ.
    :raises UsernameTakenError: somebody elsewhere has this account name.
    :raises InvalidDetailsError: the password is too weak.
    """
    known = _find_staff(staff)
    ref = known.ref if known else None
    if ref is None:
        ref = create_staff(
            username=staff.username,
            password=read_password(staff.username),
            name=staff.name,
            organ=staff.organ,
            post=staff.post,
            at=at,
        )
    held = {(grant.role, grant.organ) for grant in list_grants(ref)}
    missing = [role for role in staff.roles if (role, staff.organ) not in held]
    for role in missing:
        grant_role(staff=ref, role=role, organ=staff.organ, by=SYSTEM, at=at)
    return known is None or bool(missing)


def ensure_status_list(*, at: datetime) -> bool:
    """Publish the first list of licences that aren't simply valid; the worker publishes the next ones."""
    try:
        get_status_list()
    except UnknownLicenceError:
        publish_status_list(at=at)
        return True
    return False


def read_password(username: str) -> str:
    """Return a password typed twice, or the first line of standard input; never an argument others can see.

    :raises InvalidDetailsError: the two differ, or it is too weak.
    """
    if sys.stdin.isatty():
        password = getpass(f"{username} 的密码 (password): ")
        if getpass("再输一次 (again): ") != password:
            raise InvalidDetailsError("两次输入的密码不一致，请重新运行本命令。", field="password")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as weak:
        raise InvalidDetailsError(f"密码不可用：{''.join(weak.messages)}", field="password") from weak
    return password


def _find_staff(staff: NewStaff) -> StaffView | None:
    name = staff.username.strip().lower()
    return next((known for known in list_staff(staff.organ) if known.username == name), None)
