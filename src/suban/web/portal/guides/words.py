"""Words for what a definition says in codes: badges, elements of the national list."""

from types import MappingProxyType
from typing import Final

from suban.catalogue.types import MatterCard, MatterDefinition

TARGET_WORDS: Final = MappingProxyType(
    {"person": "个人", "company": "企业和组织", "both": "个人、企业和组织"}
)
LEVEL_WORDS: Final = MappingProxyType(
    {
        "1": "国家级",
        "2": "省级",
        "3": "市级",
        "4": "县级",
        "5": "镇（乡、街道）级",
        "6": "村（社区）级",
        "7": "分级管理",
    },
)
KIND_WORDS: Final = MappingProxyType(
    {
        "01": "行政许可",
        "02": "行政处罚",
        "03": "行政强制",
        "04": "行政征收",
        "05": "行政给付",
        "06": "行政检查",
        "07": "行政确认",
        "08": "行政奖励",
        "09": "行政裁决",
        "10": "其他行政权力",
        "20": "公共服务",
    },
)
BASIS_WORDS: Final = MappingProxyType(
    {
        "law": "法律",
        "regulation": "行政法规",
        "state_council_decision": "国务院决定",
        "local_regulation": "地方性法规",
        "provincial_rule": "省级政府规章",
        "department_rule": "部门规章",
        "normative": "规范性文件",
    },
)
PAUSE_WORDS: Final = MappingProxyType(
    {
        "hearing": "听证",
        "tender": "招标",
        "auction": "拍卖",
        "inspection": "检验",
        "testing": "检测",
        "quarantine": "检疫",
        "appraisal": "鉴定",
        "expert_review": "专家评审",
    },
)
CHANNEL_WORDS: Final = MappingProxyType(
    {"window": "窗口", "web": "电脑网上", "mobile": "手机", "post": "邮寄", "other": "其他"},
)
DELIVERY_WORDS: Final = MappingProxyType(
    {"electronic": "电子证照，网上下载", "post": "邮寄到家", "pickup": "窗口自取"},
)
POWER_WORDS: Final = MappingProxyType(
    {
        "statutory": "法定本级行使",
        "delegated_down": "上级下放",
        "entrusted": "上级委托",
        "peer_entrusted": "同级委托",
        "other": "其他",
    },
)


def say_days(days: int, unit: str = "workday") -> str:
    """Return a time limit in words; 0 days is at once."""
    if days == 0:
        return "即时办结"
    return f"{days} 个工作日" if unit == "workday" else f"{days} 日"


def badge_line(definition: MatterDefinition) -> tuple[str, ...]:
    """Return what people ask first: need I come, how long, what does it cost."""
    return _badges(
        visits=definition.on_site_visits,
        promise=say_days(definition.promised_days, definition.law_profile.unit),
        charged=definition.fee.charged,
    )


def card_badges(card: MatterCard) -> tuple[str, ...]:
    """Return the badge line of a matter in a list."""
    return _badges(visits=card.on_site_visits, promise=say_days(card.promised_days), charged=card.charged)


def _badges(*, visits: int, promise: str, charged: bool) -> tuple[str, ...]:
    return (
        "不见面" if visits == 0 else "需到现场",
        promise if promise == "即时办结" else f"承诺 {promise}",
        "收费" if charged else "不收费",
        f"跑动 {visits} 次",
    )


def element_rows(definition: MatterDefinition) -> tuple[tuple[str, str], ...]:
    """Return the remaining elements of the national list (实施清单) as rows of a table."""
    extended = definition.extended
    rows = (
        ("事项类型", KIND_WORDS.get(definition.kind, definition.kind)),
        ("基本编码", definition.base_code),
        ("实施编码", definition.implementation_code),
        ("业务办理项编码", definition.code),
        ("行使层级", LEVEL_WORDS.get(definition.organ_level, "")),
        ("权力来源", POWER_WORDS.get(extended.power_source, "")),
        ("业务指导部门", extended.guiding_department),
        ("服务对象", TARGET_WORDS[definition.target]),
        ("办件类型", "即办件" if extended.promptness == "instant" else "承诺件"),
        ("办理形式", "、".join(CHANNEL_WORDS[channel] for channel in extended.channels)),
        ("通办范围", extended.service_scope),
        ("数量限制", extended.quantity_limit),
        ("联办机构", "、".join(extended.joint_organs)),
        ("中介服务", extended.intermediary),
        ("特别程序", "、".join(extended.special_procedures)),
        ("主题", "、".join(extended.topics)),
        ("结果送达", "、".join(DELIVERY_WORDS[channel] for channel in definition.delivery)),
        ("行使内容", extended.exercise_content),
        ("权限划分", extended.division_of_powers),
        ("事中事后监管", extended.supervision_note),
    )
    return tuple((name, value) for name, value in rows if value)
