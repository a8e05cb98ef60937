"""The printed label: complete, on record, and only once there is a number."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from suban.delivery.errors import NotYetNumberedError, UnknownParcelError
from suban.delivery.models import Parcel
from suban.delivery.services import order_parcel, render_parcel_label
from suban.delivery.types import ParcelAddress
from suban.foundation.adapters.typst import TypstRenderer
from suban.foundation.models import AccessLogEntry
from suban.foundation.ports import document_renderer
from suban.foundation.services.access_log import flush_reads
from suban.identity.services import register_organ

AT = datetime(2017, 10, 17, 2, tzinfo=UTC)
SENDER = "11321100014201234U"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def renderer() -> Iterator[TypstRenderer]:
    renderer = TypstRenderer()
    with document_renderer.plugged(renderer):
        yield renderer
    renderer.close()


@pytest.fixture
def parcel() -> str:
    register_organ(
        uscc=SENDER,
        name="镇江新区行政审批局",
        short_name="新区审批局",
        level="3",
        region_code="321171",
        at=AT,
    )
    # As long as the rules allow: the page must stay one page.
    return order_parcel(
        case="case:JS3211-2017-0000123-3",
        party="person:a1",
        purpose="result",
        sender_organ=SENDER,
        recipient=ParcelAddress(name="王" * 60, phone="13800000000", address="大港街道" * 50),
        contents="证" * 100,
        at=AT,
    )


@pytest.mark.usefixtures("renderer")
def test_the_label_is_one_page_and_the_look_at_the_address_is_logged(parcel: str) -> None:
    Parcel.objects.update(number="1012345678905")

    pdf = render_parcel_label(parcel=parcel, by="staff:d1", at=AT)

    flush_reads()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") <= 1
    assert AccessLogEntry.objects.filter(actor="staff:d1", purpose="打印面单").count() == 1


def test_no_label_without_a_number_or_a_parcel(parcel: str) -> None:
    with pytest.raises(NotYetNumberedError):
        render_parcel_label(parcel=parcel, by="staff:d1", at=AT)
    with pytest.raises(UnknownParcelError):
        render_parcel_label(parcel="parcel:none", by="staff:d1", at=AT)
