"""Whoever comes to a window is known in person: the clerk has the face and the identity card before them."""

from datetime import date, datetime

from suban.foundation.services.transactions import transaction
from suban.identity.errors import InvalidDetailsError
from suban.identity.queries import (
    find_company,
    find_person_by_citizen_id,
    get_display_name,
    list_companies_of,
)
from suban.identity.rules import clean_name, has_expired
from suban.identity.services.companies import add_company_member, register_company
from suban.identity.services.people import confirm_realname_level, register_person
from suban.identity.types import Actor, MemberRole, RealnameLevel
from suban.kernel.clock import civil_day
from suban.kernel.identifiers import check_citizen_id
from suban.kernel.references import Ref


def meet_person(*, name: str, citizen_id: str, phone: str = "", address: str = "", at: datetime) -> Ref:
    """Return the person whose card was shown, registered if need be; known in person from now on (L4).

    :raises InvalidIdentifierError: the number can't be one.
    :raises InvalidDetailsError: the number is registered under another name.
    """
    number = citizen_id.strip().upper()
    check_citizen_id(number)
    known = find_person_by_citizen_id(number)
    if known is None:
        level = RealnameLevel.COUNTER_OR_CERTIFICATE
        return register_person(
            name=name, citizen_id=number, phone=phone, address=address, realname_level=level, at=at
        )
    if get_display_name(known) != clean_name(name):
        raise InvalidDetailsError("姓名与这个号码登记的不一致，请对照身份证核对。", field="name")
    confirm_realname_level(person=known, level=RealnameLevel.COUNTER_OR_CERTIFICATE)
    return known


def meet_company(
    *, person: str, uscc: str, details: dict[str, str], mandate_until: date | None, by: Actor, at: datetime
) -> Ref:
    """Return the company for which the person came; a mandate shown at the window is recorded.

    `details` (name, legal_representative, address) are read when the company isn't registered yet.

    :raises InvalidIdentifierError: the code can't be one.
    :raises InvalidDetailsError: no mandate is known or shown, or it ended.
    """
    code = uscc.strip().upper()
    company = find_company(code)
    if company and any(view.ref == company for view in list_companies_of(person, at=at)):
        return company
    if mandate_until is None or has_expired(mandate_until, civil_day(at)):
        raise InvalidDetailsError(
            "到场的人还不是这家企业的经办人：请核对授权委托书，并填写它的有效期。", field="mandate_until"
        )
    with transaction():
        if company is None:
            company = register_company(
                uscc=code,
                name=details["name"],
                legal_representative=details["legal_representative"],
                address=details.get("address", ""),
                at=at,
            )
        add_company_member(
            company=company,
            person=person,
            role=MemberRole.AGENT,
            scope="窗口核对授权委托书",
            expires_on=mandate_until,
            by=by,
            at=at,
        )
    return company
