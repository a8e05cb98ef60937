"""Loading the demo through the services, step by step; loading again changes nothing."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from suban.catalogue.services import publish_matter
from suban.demo.departments import DEPARTMENT_MATTER, register_department_system
from suban.demo.people import (
    ANSWERS,
    APPLICANT,
    COMPANY,
    COOK,
    EMPLOYER,
    FOOD_COMPANY,
    OFFICERS,
    PASSWORD,
    DemoOfficer,
    DemoPerson,
    register_records,
)
from suban.demo.province import DemoOrgan, city_organ, list_matters, list_organs
from suban.foundation.services.evidence import sign_checkpoint
from suban.identity.queries import (
    find_company,
    find_organ,
    find_person_by_citizen_id,
    get_company_view,
    has_login,
    list_grants,
    list_staff,
)
from suban.identity.services import (
    add_company_member,
    create_login,
    create_staff,
    grant_role,
    import_regions_of_jiangsu,
    register_company,
    register_organ,
    register_person,
)
from suban.identity.types import SYSTEM, MemberRole, Role
from suban.kernel.references import Ref
from suban.licences.services import create_organ_seal, publish_status_list

EFFECTIVE_FROM: Final = date(2021, 6, 18)
MATTER: Final = "11321100MB0AAM0125300017202200001"

STRANGER: Final = DemoOfficer(
    username="nanjing",
    name="收件员辛",
    post="综合窗口",
    roles=(Role.CLERK,),
    organ=city_organ("3201"),
)
"""Works in another city; the journey shows that she can't open the case."""

Say = Callable[[str], None]


def load_demo(*, data: Path, at: datetime, say: Say) -> None:
    """Build the demo; each step says what it does, and asks itself whether it was done before.

    So a load that was interrupted anywhere is finished by the next one.
    """
    say("行政区划")
    import_regions_of_jiangsu()
    say("机构和印章")
    for organ in list_organs():
        _ensure_organ(organ, at)
    publish_status_list(at=at)
    say("事项")
    for definition in list_matters():
        publish_matter(definition=definition, by=SYSTEM.ref, at=at, effective_from=EFFECTIVE_FROM)
    say("人员和账号")
    for officer in (*OFFICERS, STRANGER):
        _ensure_officer(officer, at)
    register_department_system(at=at)
    _ensure_person(APPLICANT, at)
    _ensure_member(_ensure_company(at), _ensure_person(EMPLOYER, at), at)
    _ensure_member(_ensure_restaurant(at), _ensure_person(COOK, at), at)
    write_simulator_data(data)
    write_accounts(data)
    sign_checkpoint(at=at)


def _ensure_organ(organ: DemoOrgan, at: datetime) -> None:
    if find_organ(organ.uscc) is None:
        register_organ(
            uscc=organ.uscc,
            name=organ.name,
            short_name=organ.short_name,
            level=organ.level,
            region_code=organ.region_code,
            parent=organ.parent,
            at=at,
        )
    create_organ_seal(organ=organ.uscc, name=organ.name, at=at)  # one that has a seal keeps it


def _ensure_officer(officer: DemoOfficer, at: datetime) -> None:
    known = (staff.ref for staff in list_staff(officer.organ) if staff.username == officer.username)
    ref = next(known, None) or create_staff(
        username=officer.username,
        password=PASSWORD,
        name=officer.name,
        organ=officer.organ,
        post=officer.post,
        at=at,
    )
    held = {(grant.role, grant.organ) for grant in list_grants(ref)}
    for role in officer.roles:
        if (role, officer.organ) not in held:
            grant_role(staff=ref, role=role, organ=officer.organ, by=SYSTEM, at=at)


def _ensure_company(at: datetime) -> Ref:
    return find_company(COMPANY) or register_company(
        uscc=COMPANY,
        name="镇江示例大药房有限公司",
        legal_representative=EMPLOYER.name,
        address=EMPLOYER.address,
        at=at,
    )


def _ensure_restaurant(at: datetime) -> Ref:
    return find_company(FOOD_COMPANY) or register_company(
        uscc=FOOD_COMPANY,
        name="镇江京口示例小馆",
        legal_representative=COOK.name,
        address=COOK.address,
        at=at,
    )


def _ensure_member(company: Ref, person: Ref, at: datetime) -> None:
    if get_company_view(person=person, company=company) is None:
        add_company_member(company=company, person=person, role=MemberRole.LEGAL_REPRESENTATIVE, at=at)


def _ensure_person(person: DemoPerson, at: datetime) -> Ref:
    ref = find_person_by_citizen_id(person.citizen_id) or register_person(
        name=person.name,
        citizen_id=person.citizen_id,
        phone=person.phone,
        email=person.email,
        address=person.address,
        realname_level=3,
        at=at,
    )
    if not has_login(ref):
        create_login(username=person.username, password=PASSWORD, person=ref, at=at)
    return ref


def write_simulator_data(data: Path) -> None:
    """Give the register simulator its records."""
    folder = data / "simulators" / "registers"
    folder.mkdir(parents=True, exist_ok=True)
    records = json.dumps(register_records(), ensure_ascii=False, indent=1)
    (folder / "registers.json").write_text(records, encoding="utf-8")


def write_accounts(data: Path) -> None:
    """Write the accounts down for `suban journey`; demo mode only."""
    roles = {
        "clerk": "shouli",
        "examiner": "shencha",
        "examiner2": "shencha2",
        "decider": "jueding",
        "dispatcher": "fazheng",
        "administrator": "guanli",
        "filing_clerk": "beian",
        "other_city": "nanjing",
        "transport_officer": "jiaotong",
    }
    names = {"applicant": APPLICANT.username, "employer": EMPLOYER.username, **roles}
    accounts: dict[str, object] = {
        role: {"username": username, "password": PASSWORD} for role, username in names.items()
    }
    accounts["matter"] = MATTER
    accounts["company"] = COMPANY
    accounts["department_matter"] = DEPARTMENT_MATTER
    accounts["answers"] = ANSWERS
    folder = data / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "accounts.json").write_text(
        json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8"
    )
