"""Everything the guide's page shows, from one published version."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from suban.catalogue.types import MatterDefinition, PublishedMatter
from suban.kernel.working_days import WorkingCalendar
from suban.web.portal.guides.deadlines import promise_view
from suban.web.portal.guides.materials import material_cards
from suban.web.portal.guides.words import BASIS_WORDS, TARGET_WORDS, badge_line, element_rows

REALNAME_WORDS: Final = MappingProxyType(
    {
        0: "登录后办理",
        1: "登录后办理，需要验证过手机号",
        2: "登录后办理，需要完成实名认证",
        3: "登录后办理，需要完成人脸核验",
        4: "登录后办理，需要高级实名认证",
    },
)


def guide_page(
    matter: PublishedMatter, *, today: date, calendar: WorkingCalendar, limit: int
) -> dict[str, Any]:
    """Return the values of the guide's page; `limit` is the largest file in bytes."""
    definition = matter.definition
    materials = material_cards(definition.materials, limit=limit)
    return {
        "matter": matter,
        "definition": definition,
        "organ_name": definition.organ_name,
        "badge_line": badge_line(definition),
        "materials": materials,
        "to_prepare": sum(card.to_prepare for card in materials),
        "promise": promise_view(definition, today=today, calendar=calendar),
        "bases": _bases(definition),
        "fees": _fees(definition),
        "elements": element_rows(definition),
        "target": TARGET_WORDS[definition.target],
        "realname_words": REALNAME_WORDS[definition.realname_level],
    }


def _bases(definition: MatterDefinition) -> list[dict[str, str]]:
    return [{**basis.model_dump(), "level": BASIS_WORDS[basis.level]} for basis in definition.bases]


def _fees(definition: MatterDefinition) -> list[dict[str, str]]:
    return [
        {
            "name": item.name,
            "amount": f"{Decimal(item.amount) / 100:,.2f} 元",
            "unit": item.unit,
            "basis": item.basis,
            "collector": item.collector,
        }
        for item in definition.fee.items
    ]
