"""The Chinese words for a parcel's way, and names and telephones that hide what they must."""

from types import MappingProxyType
from typing import Final

from suban.delivery.types import Capacity, ParcelState, ReportKind, ScanReport
from suban.kernel.clock import SHANGHAI

STATE_WORDS: Final = MappingProxyType(
    {
        ParcelState.ORDERED: "已下单，等待揽收",
        ParcelState.ACCEPTED: "已揽收",
        ParcelState.IN_TRANSIT: "运输中",
        ParcelState.OUT_FOR_DELIVERY: "派送中",
        ParcelState.LEFT: "已代收或存放，尚未送达",
        ParcelState.SIGNED: "已签收，已送达",
        ParcelState.REFUSED: "收件人拒收",
        ParcelState.RETURNED: "已退回，需重新送达",
    },
)
CAPACITY_WORDS: Final = MappingProxyType(
    {
        Capacity.ADDRESSEE: "本人签收",
        Capacity.AUTHORISED: "受托人签收",
        Capacity.OTHER: "他人代收",
        Capacity.LOCKER: "快递柜",
        Capacity.STATION: "代收点",
    },
)
SCAN_WORDS: Final = MappingProxyType(
    {
        ReportKind.ACCEPTED: "已揽收",
        ReportKind.IN_TRANSIT: "运输途中",
        ReportKind.OUT_FOR_DELIVERY: "正在派送",
        ReportKind.REFUSED: "收件人拒收",
        ReportKind.RETURNED: "已退回寄件单位",
    },
)
SIGNED_WORDS: Final = MappingProxyType(
    {
        Capacity.ADDRESSEE: "本人签收（{signer}），已送达",
        Capacity.AUTHORISED: "受托人签收（{signer}），已送达",
        Capacity.OTHER: "他人代收（{signer}），尚未送达收件人",
        Capacity.LOCKER: "已放入快递柜，尚未送达收件人",
        Capacity.STATION: "已存放代收点，尚未送达收件人",
    },
)


def describe(report: ScanReport) -> str:
    """Return what `report` says, in the words of the tracking page."""
    if report.capacity is None:
        return SCAN_WORDS.get(report.kind, "")
    return SIGNED_WORDS[report.capacity].format(signer=report.signer or "未记名")


def local_time(report: ScanReport) -> str:
    """Return when it happened, as a clock in China shows it."""
    return report.occurred_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def mask_name(name: str) -> str:
    """Return the first character of `name`, the rest hidden; nothing more is needed to recognise oneself."""
    name = name.strip()
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_phone(phone: str) -> str:
    """Return `phone` with its middle hidden."""
    return phone[:3] + "*" * max(len(phone) - 7, 0) + phone[-4:] if len(phone) > 7 else "*" * len(phone)
