"""People and companies. What is personal leaves here only with a name, a purpose and a line in the log."""

from datetime import datetime

from suban.foundation.errors import SubjectShreddedError
from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import blind_index, unseal
from suban.identity.errors import UnknownCompanyError, UnknownPersonError
from suban.identity.models import Company, CompanyMember, Organ, Person, Staff
from suban.identity.rules import has_expired, mask_name
from suban.identity.types import (
    SYSTEM,
    Actor,
    CompanyDetails,
    CompanyView,
    MemberRole,
    PersonDetails,
)
from suban.kernel.clock import civil_day
from suban.kernel.identifiers import citizen_birth_date, citizen_sex
from suban.kernel.references import Ref, split_ref
from suban.notices.types import NoticeAddress

PERSON_FIELDS = ("姓名", "公民身份号码", "手机号码", "电子邮箱", "联系地址", "出生日期", "性别")


def read_person(*, person: str, by: Actor, purpose: str, case: str = "", at: datetime) -> PersonDetails:
    """Return a person in clear, and write down who read it and why.

    Whether a staff member's case justifies the read is decided by the gate of the case.

    :raises UnknownPersonError: there is none, or another applicant asks.
    """
    row = _person(person)
    if not (by.is_staff or by.is_system or by.ref == person):
        raise _no_person()
    record_read(subject=person, by=by.ref, purpose=purpose, what=PERSON_FIELDS, case=case, at=at)
    citizen_id = _open(row, "citizen_id")
    return PersonDetails(
        ref=Ref(row.ref),
        name=_open(row, "name"),
        citizen_id=citizen_id,
        phone=_open(row, "phone"),
        email=_open(row, "email"),
        address=_open(row, "address"),
        birth_date=citizen_birth_date(citizen_id),
        sex=citizen_sex(citizen_id),
    )


def find_person_by_citizen_id(citizen_id: str) -> Ref | None:
    """Return whose identity number this is, if that person is registered here."""
    index = blind_index("citizen_id", citizen_id)
    found = Person.objects.filter(citizen_id_index=index).values_list("ref", flat=True).first()
    return Ref(found) if found else None


def has_login(person: str) -> bool:
    """Tell whether the person has an account.

    :raises UnknownPersonError: there is none of this reference.
    """
    return _person(person).user_id is not None


def get_realname_level(person: str) -> int:
    """Return how surely we know the person.

    :raises UnknownPersonError: there is none.
    """
    return _person(person).realname_level


def read_company(uscc: str, *, by: Actor | None = None, at: datetime | None = None) -> CompanyDetails:
    """Return a company; its representative stands in the public register, so the name is in clear.

    With `by` and `at` the read is written down as well.

    :raises UnknownCompanyError: there is none.
    """
    row = _company(uscc)
    if by is not None and at is not None:
        record_read(subject=row.ref, by=by.ref, purpose="查看企业信息", what=("法定代表人",), at=at)
    return CompanyDetails(
        ref=Ref(row.ref),
        name=row.name,
        uscc=row.uscc,
        legal_representative=unseal(subject=row.ref, sealed=bytes(row.legal_representative_sealed)),
        address=row.address,
    )


def find_company(uscc: str) -> Ref | None:
    """Return the reference of the company with this USCC, if registered here."""
    found = Company.objects.filter(uscc=uscc).values_list("ref", flat=True).first()
    return Ref(found) if found else None


def list_companies_of(person: str, *, at: datetime | None = None) -> list[CompanyView]:
    """Return the companies the person may act for; with `at`, ended mandates are left out."""
    rows = CompanyMember.objects.select_related("company").filter(person__ref=person, ended_at__isnull=True)
    today = civil_day(at) if at else None
    return [
        _membership(row)
        for row in rows.order_by("company__name")
        if today is None or not has_expired(row.expires_on, today)
    ]


def get_company_view(*, person: str, company: str) -> CompanyView | None:
    """Return the person's living mandate for the company, if any."""
    return next((view for view in list_companies_of(person) if view.ref == company), None)


def get_display_name(ref: str) -> str:
    """Return somebody's name in full, for letters, licences and the pages of a case.

    Nothing is logged here: whoever shows a person's name to others has opened the case, which is.
    Lists show `get_masked_name`.

    :raises UnknownPersonError: nobody has this reference.
    """
    kind, value = split_ref(ref)
    if kind == "person":
        return _name(_person(ref))
    name: str | None = None
    if kind == "company":
        name = Company.objects.filter(uscc=value).values_list("name", flat=True).first()
    elif kind == "organ":
        name = Organ.objects.filter(uscc=value).values_list("name", flat=True).first()
    elif kind == "staff":
        name = Staff.objects.filter(ref=ref).values_list("name", flat=True).first()
    elif kind == "system":
        name = SYSTEM.name
    if name is None:
        raise _no_person()
    return name


def get_masked_name(ref: str) -> str:
    """Return what lists call somebody: a person's name masked, any other name in full.

    :raises UnknownPersonError: nobody has this reference.
    """
    name = get_display_name(ref)
    return mask_name(name) if split_ref(ref)[0] == "person" else name


def get_notice_address(ref: str, *, at: datetime) -> NoticeAddress:
    """Return where notices to a party go; a company's go to its representative, else its first agent.

    :raises UnknownPersonError: there is no such person.
    :raises UnknownCompanyError: there is no such company.
    """
    kind, value = split_ref(ref)
    if kind == "person":
        return _person_address(_person(ref), Ref(ref), at)
    if kind == "company":
        company = _company(value)
        contact = _contact(company, at)
        return _person_address(contact, Ref(ref), at) if contact else NoticeAddress(inbox=Ref(ref))
    return NoticeAddress(inbox=Ref(ref))


def _name(row: Person) -> str:
    try:
        return _open(row, "name")
    except SubjectShreddedError:
        return "已注销"


def _person_address(row: Person, inbox: Ref, at: datetime) -> NoticeAddress:
    record_read(subject=row.ref, by=SYSTEM.ref, purpose="发送通知", what=("手机号码", "电子邮箱"), at=at)
    return NoticeAddress(inbox=inbox, email=_open(row, "email"), phone=_open(row, "phone"))


def _contact(company: Company, at: datetime) -> Person | None:
    rows = CompanyMember.objects.select_related("person").filter(company=company, ended_at__isnull=True)
    living = [row for row in rows if not has_expired(row.expires_on, civil_day(at))]
    living.sort(key=lambda row: (row.role != MemberRole.LEGAL_REPRESENTATIVE, row.pk))
    return living[0].person if living else None


def _membership(row: CompanyMember) -> CompanyView:
    return CompanyView(
        ref=Ref(row.company.ref),
        uscc=row.company.uscc,
        name=row.company.name,
        role=MemberRole(row.role),
        scope=row.scope,
        expires_on=row.expires_on,
    )


def _open(row: Person, field: str) -> str:
    return unseal(subject=row.ref, sealed=bytes(getattr(row, f"{field}_sealed")))


def _person(ref: str) -> Person:
    row = Person.objects.filter(ref=ref).first()
    if row is None:
        raise _no_person()
    return row


def _no_person() -> UnknownPersonError:
    return UnknownPersonError("没有找到这个人。")


def _company(uscc: str) -> Company:
    row = Company.objects.filter(uscc=uscc).first()
    if row is None:
        raise UnknownCompanyError("没有这家企业，请核对统一社会信用代码。", uscc=uscc)
    return row
