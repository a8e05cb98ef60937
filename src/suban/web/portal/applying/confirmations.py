"""The state of a confirmation in words."""

from types import MappingProxyType
from typing import Final

from suban.web.ui.presentation import StatusView

STATES: Final = MappingProxyType(
    {
        "asked": StatusView("warning", "待您确认", "edit"),
        "confirmed": StatusView("success", "已确认"),
        "declined": StatusView("danger", "没有确认"),
        "cancelled": StatusView("neutral", "申请人已取消", "back"),
    },
)


def confirmation_status(state: str) -> StatusView:
    """Return the state as colour, icon and word."""
    return STATES.get(state, StatusView("neutral", state))
