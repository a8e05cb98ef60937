"""Companies and who may act for them."""

from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import savepoint, transaction
from suban.identity.errors import (
    CompanyExistsError,
    NotAMemberError,
    UnknownCompanyError,
    UnknownPersonError,
)
from suban.identity.models import Company, CompanyMember, Person
from suban.identity.rules import clean_name
from suban.identity.types import SYSTEM, Actor, MemberRole
from suban.kernel.identifiers import check_uscc
from suban.kernel.references import Ref, make_ref, split_ref


def register_company(
    *, uscc: str, name: str, legal_representative: str, address: str = "", at: datetime
) -> Ref:
    """Register a legal person and return its reference.

    :raises InvalidIdentifierError: the code can't be a unified social credit code.
    :raises CompanyExistsError: the code is registered already.
    """
    code = uscc.strip().upper()
    check_uscc(code)
    ref = make_ref("company", code)
    representative = clean_name(legal_representative, field="legal_representative")
    facts = {"ref": ref, "uscc": code, "name": clean_name(name), "address": address.strip()}
    with transaction():
        sealed = seal(subject=ref, text=representative)
        try:
            with savepoint():
                Company.objects.create(legal_representative_sealed=sealed, registered_at=at, **facts)
        except IntegrityError as known:
            raise CompanyExistsError(
                "这家企业已注册，请由法定代表人登录后授权经办人。", field="uscc"
            ) from known
    return ref


def add_company_member(
    *,
    company: str,
    person: str,
    role: MemberRole,
    scope: str = "",
    expires_on: date | None = None,
    by: Actor = SYSTEM,
    at: datetime,
) -> None:
    """Let a person act for a company; a mandate given before is replaced.

    :raises UnknownCompanyError: no company has this reference.
    :raises UnknownPersonError: nobody has this reference.
    :raises NotAMemberError: only its legal representative (or a counter) gives mandates.
    """
    with transaction():
        body = _lock(company)
        _check_may_mandate(body, by)
        agent = _person(person)
        _living(body, agent.ref).update(ended_at=at)
        CompanyMember.objects.create(
            company=body,
            person=agent,
            role=MemberRole(role).value,
            scope=scope,
            expires_on=expires_on,
            given_by=by.ref,
            given_at=at,
        )


def end_company_member(*, company: str, person: str, by: Actor = SYSTEM, at: datetime) -> None:
    """Take a mandate back; the agent is refused from the next request on.

    :raises UnknownCompanyError: no company has this reference.
    :raises NotAMemberError: there is no living mandate, or `by` may not end it.
    """
    with transaction():
        body = _lock(company)
        if by.ref != person:
            _check_may_mandate(body, by)
        if not _living(body, person).update(ended_at=at):
            raise NotAMemberError("这个人没有该企业的有效授权。", company=company)


def _check_may_mandate(company: Company, by: Actor) -> None:
    representing = _living(company, by.ref).filter(role=MemberRole.LEGAL_REPRESENTATIVE)
    if not (by.is_system or by.is_staff or representing.exists()):
        raise NotAMemberError("只有法定代表人可以授权或收回授权。", company=company.ref)


def _living(company: Company, person: str) -> QuerySet[CompanyMember]:
    return CompanyMember.objects.filter(company=company, person__ref=person, ended_at__isnull=True)


def _lock(ref: str) -> Company:
    _, uscc = split_ref(ref)
    row = Company.objects.select_for_update(no_key=True).filter(uscc=uscc).first()
    if row is None:
        raise UnknownCompanyError("没有这家企业，请核对统一社会信用代码。", company=ref)
    return row


def _person(ref: str) -> Person:
    row = Person.objects.filter(ref=ref).first()
    if row is None:
        raise UnknownPersonError("没有找到这个人。")
    return row
