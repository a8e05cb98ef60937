"""What stands on the face of a licence, and what never does."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from suban.kernel.canonical import JSON
from suban.kernel.identifiers import is_valid_citizen_id
from suban.licences.errors import IdentityNumberOnFaceError
from suban.licences.types import LicenceRequest

LONG_TERM: Final = "长期"
NAME_LABEL: Final = "姓名"
ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER_RUN: Final = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)


def refuse_identity_numbers(face: Mapping[str, str]) -> None:
    """Refuse a face on which an identity number stands.

    :raises IdentityNumberOnFaceError: the message names the field.
    """
    for label, value in face.items():
        compact = re.sub(r"[\s-]", "", value).upper()
        if any(is_valid_citizen_id(run) for run in NUMBER_RUN.findall(compact)):
            raise IdentityNumberOnFaceError(
                f"照面字段“{label}”含有身份证号码，不得印在证照上，请在事项的照面设置中去掉。",
                field=label,
            )


def mask_name(name: str) -> str:
    """Return a name of which strangers see the first and, of long ones, the last letter."""
    name = name.strip()
    if len(name) <= 2:
        return name[:1] + "*" * max(len(name) - 1, 0)
    return name[0] + "*" * min(len(name) - 2, 6) + name[-1]


def public_name(holder: str, name: str) -> str:
    """Return the holder's name as strangers may see it: companies in full, persons masked."""
    return name if holder.startswith("company:") else mask_name(name)


def chinese_date(day: date | None) -> str:
    """Return a date as it is written on documents; no end is 长期."""
    return f"{day.year}年{day.month}月{day.day}日" if day else LONG_TERM


def face_data(request: LicenceRequest, *, number: str, identifier: str) -> dict[str, JSON]:
    """Return what the template draws, except code and attachment.

    What stands elsewhere on the page (name, number, organ, day of issue) isn't repeated as a field.
    """
    holder = request.face.get(NAME_LABEL) or request.holder_name
    elsewhere = {holder, request.holder_name, number, request.issuer_name, request.issued_on.isoformat(), ""}
    shown = {label: value for label, value in request.face.items() if value not in elsewhere}
    if request.expires_on and not any(label.startswith("有效期") for label in shown):
        shown["有效期至"] = request.expires_on.isoformat()
    return {
        "title": request.type_name,
        "number": number,
        "holder": holder,
        "fields": [[label, _spoken(value)] for label, value in shown.items()],
        "issuer": request.issuer_name,
        "issued_on": chinese_date(request.issued_on),
        "identifier": identifier,
    }


def _spoken(value: str) -> str:
    """Return a value as it is printed: dates in Chinese, the rest as it is."""
    return chinese_date(date.fromisoformat(value)) if ISO_DATE.fullmatch(value) else value
