"""Companies, their members, and acting for them."""

from datetime import date, datetime, timedelta

import pytest

from suban.foundation.queries.access_log import list_reads
from suban.identity import queries, services
from suban.identity.errors import CompanyExistsError, NotAMemberError, UnknownCompanyError, UnknownPersonError
from suban.identity.types import MemberRole
from suban.kernel.identifiers import InvalidIdentifierError

pytestmark = pytest.mark.django_db
USCC = "91321102MA1ABMR0X6"


@pytest.fixture
def company(db, at):
    return services.register_company(
        uscc=USCC, name="演示药房有限公司", legal_representative="测试人", address="演示路1号", at=at
    )


@pytest.fixture
def boss(company, register, at):
    ref = register(2, "boss")
    services.add_company_member(company=company, person=ref, role=MemberRole.LEGAL_REPRESENTATIVE, at=at)
    return ref


def test_a_company_is_registered_once_and_read(company, at):
    details = queries.read_company(USCC)

    assert (details.ref, details.legal_representative) == (company, "测试人")
    assert queries.find_company(USCC) == company
    assert queries.get_display_name(company) == "演示药房有限公司"
    with pytest.raises(CompanyExistsError):
        services.register_company(uscc=USCC, name="又一家", legal_representative="测试人", at=at)
    with pytest.raises(InvalidIdentifierError):
        services.register_company(uscc=USCC[:-1] + "7", name="错码", legal_representative="测试人", at=at)
    with pytest.raises(UnknownCompanyError):
        queries.read_company("91321102MA1ABMR0X7")


def test_a_member_acts_for_the_company(company, boss, act_as):
    actor = act_as("boss", company)

    assert (actor.ref, actor.party) == (boss, company)
    assert [view.role for view in queries.list_companies_of(boss)] == [MemberRole.LEGAL_REPRESENTATIVE]


def test_a_stranger_does_not(company, register, act_as):
    register(4, "stranger", phone="13900000002")

    with pytest.raises(NotAMemberError):
        act_as("stranger", company)


def test_the_representative_gives_and_takes_a_mandate(company, boss, register, act_as, at, later):
    agent = register(4, "agent", phone="13900000002")
    services.add_company_member(
        company=company, person=agent, role=MemberRole.AGENT, scope="执业药师注册", by=act_as("boss"), at=at
    )
    acting = act_as("agent", company)

    services.end_company_member(company=company, person=agent, by=act_as("boss"), at=later)

    with pytest.raises(NotAMemberError):
        queries.recheck(acting, at=later)
    with pytest.raises(NotAMemberError):
        services.end_company_member(company=company, person=agent, by=act_as("boss"), at=later)
    assert queries.list_companies_of(agent) == []


def test_an_agent_gives_no_mandates(company, boss, register, act_as, at):
    agent = register(4, "agent", phone="13900000002")
    services.add_company_member(company=company, person=agent, role=MemberRole.AGENT, at=at)

    with pytest.raises(NotAMemberError, match="法定代表人"):
        services.add_company_member(
            company=company, person=agent, role=MemberRole.LEGAL_REPRESENTATIVE, by=act_as("agent"), at=at
        )
    with pytest.raises(UnknownPersonError):
        services.add_company_member(company=company, person="person:none", role=MemberRole.AGENT, at=at)


def test_a_mandate_ends_with_its_last_day(company, register, act_as, at):
    agent = register(4, "agent", phone="13900000002")
    services.add_company_member(
        company=company, person=agent, role=MemberRole.AGENT, expires_on=date(2026, 3, 2), at=at
    )
    tomorrow: datetime = at + timedelta(days=1)

    assert act_as("agent", company, at).on_behalf_of == company
    with pytest.raises(NotAMemberError):
        act_as("agent", company, tomorrow)
    acting = act_as("agent", company, at)
    assert queries.recheck(acting) == acting
    with pytest.raises(NotAMemberError):
        queries.recheck(acting, at=tomorrow)
    assert queries.list_companies_of(agent, at=at)
    assert not queries.list_companies_of(agent, at=tomorrow)


def test_notices_to_a_company_reach_its_representative_first(company, register, boss, at):
    agent = register(4, "agent", phone="13900000002")
    services.add_company_member(company=company, person=agent, role=MemberRole.AGENT, at=at)

    address = queries.get_notice_address(company, at=at)

    assert (address.inbox, address.phone) == (company, "13800000001")
    assert [read.purpose for read in list_reads(boss)] == ["发送通知"]


def test_a_company_without_members_has_an_inbox_only(company, at):
    address = queries.get_notice_address(company, at=at)

    assert (address.inbox, address.phone) == (company, "")
