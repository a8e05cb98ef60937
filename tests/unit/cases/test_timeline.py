"""The history in words: whoever acted as the law names them, each act under the frame's own article."""

from datetime import UTC, date, datetime

import pytest

from suban.cases import events as e
from suban.cases.rules.timeline import tell
from suban.cases.types import Channel
from suban.catalogue.types import DeliveryChannel, Frame

AT = datetime(2017, 10, 17, 2, tzinfo=UTC)


def started(frame: Frame) -> e.CaseStarted:
    return e.CaseStarted(case="n", frame=frame, matter="m", matter_version=1, organ="o", party="person:a")


def submitted(delivery: DeliveryChannel) -> e.CaseSubmitted:
    return e.CaseSubmitted(
        case="n",
        official_number="x",
        received_at=AT,
        received_on=date(2017, 10, 17),
        channel=Channel.ONLINE,
        delivery=delivery,
    )


@pytest.mark.parametrize(
    ("fact", "title", "article"),
    [
        (e.CaseAccepted(case="n", accepted_on=date(2017, 10, 17)), "受理", "行政许可法第32条第1款第5项"),
        (
            e.CorrectionRequested(case="n", slots=("photo", "form"), commitment="c"),
            "通知补正",
            "行政许可法第32条第1款第4项",
        ),
        (e.CaseWithdrawn(case="n"), "撤回申请", ""),
    ],
)
def test_an_act_is_told_under_its_article(licence, fact, title, article):
    facts = [started(Frame.LICENCE), submitted(DeliveryChannel.POST), fact]

    newest = tell([(one, AT, "staff:1") for one in facts], licence)[0]

    assert (newest.title, newest.article, newest.who) == (title, article, licence.organ_name)


def test_a_filing_is_never_told_under_the_licensing_law(licence):
    facts = [
        started(Frame.FILING),
        submitted(DeliveryChannel.ELECTRONIC),
        e.FilingCompleted(case="n", completed_on=date(2017, 10, 17), result_number="p"),
        e.ResultIssued(case="n", result="licence:1"),
        e.ResultServed(case="n", served_on=date(2017, 10, 17), capacity="electronic", parcel=""),
        e.CaseClosed(case="n", closed_on=date(2017, 10, 17)),
    ]

    articles = {entry.article for entry in tell([(fact, AT, "system:suban") for fact in facts], licence)}

    assert articles == {"", "企业投资项目核准和备案管理条例第13条", "电子签名法第11条"}
