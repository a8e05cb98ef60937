"""The made-up people, companies and officers of the demo, and what the registers know of them."""

from dataclasses import dataclass
from typing import Any, Final

from suban.identity.types import Role

PASSWORD: Final = "suban-demo-2026"
ORGAN: Final = "11321100MB0AAM0125"
FILING_ORGAN: Final = "11321102MB0JK0015X"
TRANSPORT_ORGAN: Final = "11321102MB0JT00141"
PROVINCE: Final = "11320000MB0A00034N"
COMPANY: Final = "91321102MA1ABMR0X6"
FOOD_ORGAN: Final = "11321102MB0DM0205T"
FOOD_COMPANY: Final = "92321102MA1FDDM091"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A made-up person with an account.

    Telephone numbers begin with 154: the ministry's list of mobile codes (工信部, March 2023) gives it to no
    operator, so that no message can reach a stranger.
    """

    username: str
    name: str
    citizen_id: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOfficer:
    """A made-up officer with an account; `roles` hold in `organ` and all under it."""

    username: str
    name: str
    post: str
    roles: tuple[Role, ...]
    organ: str = ORGAN


APPLICANT: Final = DemoPerson(
    username="yaoshi",
    name="林示例",
    citizen_id="329900198203150024",
    phone="15400000001",
    email="yaoshi@example.com",
    address="江苏省镇江市京口区演示路 18 号 2 幢 301 室",
)
COOK: Final = DemoPerson(
    username="canguan",
    name="孙样例",
    citizen_id="329900198806200019",
    phone="15400000003",
    email="canguan@example.com",
    address="江苏省镇江市京口区演示路 26 号",
)
EMPLOYER: Final = DemoPerson(
    username="yaodian",
    name="周演示",
    citizen_id="329900197511080019",
    phone="15400000002",
    email="yaodian@example.com",
    address="江苏省镇江市京口区演示路 8 号",
)

OFFICERS: Final = (
    DemoOfficer(username="shouli", name="收件员甲", post="综合窗口", roles=(Role.CLERK,)),
    DemoOfficer(username="shencha", name="审查员乙", post="审批科", roles=(Role.EXAMINER,)),
    DemoOfficer(username="shencha2", name="审查员丙", post="审批科", roles=(Role.EXAMINER,)),
    DemoOfficer(username="jueding", name="决定人丁", post="分管负责人", roles=(Role.DECIDER,)),
    DemoOfficer(username="fazheng", name="出证员戊", post="出证窗口", roles=(Role.DISPATCHER,)),
    DemoOfficer(
        username="guanli",
        name="管理员己",
        post="信息中心",
        roles=(Role.ADMINISTRATOR, Role.SUPERVISOR),
        organ=PROVINCE,
    ),
    DemoOfficer(
        username="beian",
        name="备案员庚",
        post="投资科",
        roles=(Role.CLERK, Role.DISPATCHER),
        organ=FILING_ORGAN,
    ),
    DemoOfficer(
        username="jiaotong",
        name="运管员壬",
        post="运输管理科",
        roles=(Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR),
        organ=TRANSPORT_ORGAN,
    ),
    DemoOfficer(
        username="shipin_shouli", name="收件员卯", post="综合窗口", roles=(Role.CLERK,), organ=FOOD_ORGAN
    ),
    DemoOfficer(
        username="shipin_hecha",
        name="核查员癸",
        post="食品经营科",
        roles=(Role.EXAMINER,),
        organ=FOOD_ORGAN,
    ),
    DemoOfficer(
        username="shipin_hecha2",
        name="核查员子",
        post="食品经营科",
        roles=(Role.EXAMINER,),
        organ=FOOD_ORGAN,
    ),
    DemoOfficer(
        username="shipin_jueding",
        name="决定人丑",
        post="分管负责人",
        roles=(Role.DECIDER,),
        organ=FOOD_ORGAN,
    ),
    DemoOfficer(
        username="shipin_fazheng",
        name="出证员寅",
        post="出证窗口",
        roles=(Role.DISPATCHER,),
        organ=FOOD_ORGAN,
    ),
)

FOOD_ANSWERS: Final[dict[str, Any]] = {
    "business": "2",
    "items": ["hot", "drinks"],
    "premises": "江苏省镇江市京口区演示路 26 号",
    "area": 85,
    "staff_count": 6,
    "safety_officer": "孙样例",
}
"""What the demo cook writes."""

ANSWERS: Final[dict[str, Any]] = {
    "nation": "汉族",
    "education": "bachelor",
    "school": "江苏示例药科大学",
    "major": "药学",
    "graduated_on": "2004-06-30",
    "certificate_number": "ZY00000000000001",
    "certificate_issued_on": "2026-03-20",
    "certificate_category": "1",
    "category": "1",
    "scope": "2",
    "practice_region": "320000",
    "employer_name": "镇江示例大药房有限公司",
    "employer_uscc": COMPANY,
    "employer_kind": "retail",
    "employer_licence_number": "苏DA5110000",
    "employer_address": "江苏省镇江市京口区演示路 8 号",
    "post": "处方审核",
    "health_checked_on": "{yesterday}",
}
"""What the demo applicant writes; `{yesterday}` becomes a date when it is used."""


def register_records() -> dict[str, list[dict[str, str]]]:
    """Return what the simulated registers hold."""
    return {
        "identity": [_identity(person) for person in (APPLICANT, EMPLOYER, COOK)],
        "professional_certificate": [
            {
                "citizen_id": APPLICANT.citizen_id,
                "name": APPLICANT.name,
                "certificate_number": "ZY00000000000001",
                "profession": "执业药师",
                "category": "药学",
                "issued_on": "2026-03-20",
                "issuer": "江苏省人力资源和社会保障厅（演示）",
                "status": "有效",
                "registered_unit": "",
            },
        ],
        "business_licence": [
            {
                "uscc": COMPANY,
                "name": "镇江示例大药房有限公司",
                "legal_representative": EMPLOYER.name,
                "kind": "有限责任公司",
                "address": "江苏省镇江市京口区演示路 8 号",
                "established_on": "2016-05-10",
                "expires_on": "",
                "scope": "药品零售；医疗器械零售",
                "status": "存续",
            },
            {
                "uscc": FOOD_COMPANY,
                "name": "镇江京口示例小馆",
                "legal_representative": COOK.name,
                "kind": "个体工商户",
                "address": COOK.address,
                "established_on": "2026-09-01",
                "expires_on": "",
                "scope": "餐饮服务",
                "status": "存续",
            },
        ],
        "drug_licence": [
            {
                "uscc": COMPANY,
                "name": "镇江示例大药房有限公司",
                "licence_number": "苏DA5110000",
                "kind": "零售",
                "scope": "中成药、化学药制剂、抗生素制剂、生化药品",
                "address": "江苏省镇江市京口区演示路 8 号",
                "issuer": "镇江市市场监督管理局（演示）",
                "issued_on": "2016-06-01",
                "expires_on": "2031-05-31",
                "status": "有效",
            },
        ],
    }


def _identity(person: DemoPerson) -> dict[str, str]:
    citizen_id = person.citizen_id
    return {
        "citizen_id": citizen_id,
        "name": person.name,
        "sex": "男" if int(citizen_id[16]) % 2 else "女",
        "nation": "汉族",
        "birth_date": f"{citizen_id[6:10]}-{citizen_id[10:12]}-{citizen_id[12:14]}",
        "address": person.address,
        "status": "正常",
    }
