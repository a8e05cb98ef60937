"""Licences in words and pictures: status, verdict, QR code."""

import io
from types import MappingProxyType
from typing import Final

import segno
from django.utils.safestring import SafeString, mark_safe

from suban.licences.types import PublicLicence, Status, Verdict
from suban.web.ui.presentation import StatusView

TONES: Final = MappingProxyType({Status.VALID: "success", Status.SUSPENDED: "warning"})
VERDICTS: Final = MappingProxyType(
    {
        Verdict.VALID: StatusView("success", "真实有效"),
        Verdict.NOT_IN_FORCE: StatusView("warning", "真实，但现在无效"),
        Verdict.FORGED: StatusView("danger", "不可信"),
        Verdict.UNKNOWN: StatusView("neutral", "无法确认", "question"),
    },
)


def licence_status(status: Status) -> StatusView:
    """Return the status of a licence as colour, icon and word."""
    return StatusView(TONES.get(status, "danger"), status.label)


def verdict_view(verdict: Verdict) -> StatusView:
    """Return the outcome of a check as colour, icon and word."""
    return VERDICTS[verdict]


def known_verdict(offline: Verdict, known: PublicLicence | None) -> Verdict:
    """Return the outcome when the register of this site knows the licence's present status too."""
    if known is None:
        return offline
    return Verdict.VALID if known.status is Status.VALID else Verdict.NOT_IN_FORCE


def qr_svg(text: str) -> SafeString:
    """Return a QR code as inline SVG; black on white in every mode, or scanners fail."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(
        picture, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, border=2, omitsize=True
    )
    return mark_safe(picture.getvalue().decode())  # noqa: S308 - made by segno from our own address
