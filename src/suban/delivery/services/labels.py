"""The printed label (面单) of a parcel; the one place that shows the recipient's address."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import files

import segno

from suban.delivery.errors import NotYetNumberedError, UnknownParcelError
from suban.delivery.models import Parcel
from suban.delivery.rules.barcode import code128_widths
from suban.delivery.services.ledger import unseal_recipient
from suban.foundation.ports import DocumentTemplate, document_renderer
from suban.kernel.canonical import JSON
from suban.kernel.clock import SHANGHAI

PURPOSE_WORDS = {"result": "办理结果", "originals": "退还原件"}


def render_parcel_label(*, parcel: str, by: str, at: datetime) -> bytes:
    """Return the label as a PDF page of 100 by 180 mm; the look at the address is logged.

    :raises UnknownParcelError: there is no such parcel.
    :raises NotYetNumberedError: the carrier has given no number yet.
    """
    row = Parcel.objects.filter(ref=parcel).first()
    if row is None:
        raise UnknownParcelError(parcel)
    if not row.number:
        raise NotYetNumberedError(parcel)
    data = _fill(row, row.number, by=by, at=at)
    return document_renderer.get().render(template=_template(), data=data, at=at)


@lru_cache(maxsize=1)
def _template() -> DocumentTemplate:
    source = files("suban.delivery").joinpath("labels/waybill.typ").read_text(encoding="utf-8")
    return DocumentTemplate(name="delivery.waybill", version=1, source=source)


def _fill(row: Parcel, number: str, *, by: str, at: datetime) -> dict[str, JSON]:
    recipient = unseal_recipient(row, by=by, purpose="打印面单", at=at)
    return {
        "number": number,
        "number_spaced": " ".join(number[i : i + 4] for i in range(0, len(number), 4)),
        "bars": code128_widths(number),
        "qr": _dots(number),
        "sender_name": row.sender_name,
        "sender_code": row.sender_organ,
        "recipient_name": recipient.name,
        "recipient_phone": recipient.phone,
        "recipient_address": recipient.address,
        "contents": row.contents,
        "purpose": PURPOSE_WORDS[row.purpose],
        "case_number": row.case.removeprefix("case:"),
        "attempt": row.attempt,
        "ordered_on": row.ordered_at.astimezone(SHANGHAI).strftime("%Y-%m-%d"),
        "printed_at": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
    }


def _dots(text: str) -> list[str]:
    # One line of 0 and 1 per row; the quiet zone is the template's.
    code = segno.make_qr(text, error="m")
    return ["".join("1" if dot else "0" for dot in line) for line in code.matrix]
