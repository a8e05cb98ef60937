"""Publishing: a version per content, never changed, in the evidence, told to whoever listens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError

from suban.catalogue.errors import (
    MatterWithdrawnError,
    UnexplainedWithdrawalError,
    UnknownMatterError,
    UnlawfulDefinitionError,
)
from suban.catalogue.events import MatterPublished, MatterWithdrawn
from suban.catalogue.models import MatterVersion
from suban.catalogue.queries import (
    MatterHeads,
    get_matter,
    get_version,
    list_matters,
    list_versions,
    search_matters,
)
from suban.catalogue.services import (
    bring_versions_into_force,
    load_shipped_matter,
    publish_matter,
    withdraw_matter,
)
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.outbox import run_due
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.foundation.services.transactions import savepoint
from suban.kernel.errors import DomainError

AT = datetime(2026, 3, 15, 2, tzinfo=UTC)
TODAY = date(2026, 3, 15)
BY = "system:suban"
pytestmark = pytest.mark.django_db


def change(definition, **changes):
    return definition.model_copy(update=changes)


def test_a_published_matter_is_read_back_as_it_was(yaoshi) -> None:
    matter = get_matter(yaoshi.code)

    assert matter.definition == yaoshi
    assert (matter.version, matter.digest, matter.effective_from) == (1, yaoshi.digest, date(2026, 3, 1))
    assert get_version(matter.version_id) == matter


def test_the_same_content_is_the_same_version(yaoshi) -> None:
    again = publish_matter(definition=yaoshi, by=BY, at=AT, effective_from=TODAY)

    assert again == 1
    assert len(list_events(f"matter:{yaoshi.code}")) == 1


def test_changed_content_is_a_new_version_and_the_old_one_stays(yaoshi) -> None:
    old = get_matter(yaoshi.code)

    version = publish_matter(definition=change(yaoshi, promised_days=2), by=BY, at=AT, effective_from=TODAY)

    assert version == 2
    assert get_matter(yaoshi.code).definition.promised_days == 2
    assert get_version(old.version_id).definition.promised_days == 3
    assert [line.version for line in list_versions(yaoshi.code)] == [2, 1]


def test_publishing_is_in_the_evidence_and_the_head_is_kept(yaoshi) -> None:
    publish_matter(definition=change(yaoshi, promised_days=2), by=BY, at=AT, effective_from=TODAY)

    events = list_events(f"matter:{yaoshi.code}")

    assert [event.type for event in events] == ["catalogue.matter_published"] * 2
    assert events[0].data["digest"] == yaoshi.digest
    assert list(MatterHeads().list_heads()) == [(f"matter:{yaoshi.code}", events[-1].head)]


def test_whoever_listens_is_told(organs) -> None:
    heard: list[object] = []
    subscribe(MatterPublished, "tests.hear_published", lambda message, _: heard.append(message))
    subscribe(MatterWithdrawn, "tests.hear_withdrawn", lambda message, _: heard.append(message))
    try:
        definition = load_shipped_matter("beian")
        publish_matter(definition=definition, by=BY, at=AT, effective_from=TODAY)
        withdraw_matter(code=definition.code, reason="改为告知", by=BY, at=AT)
        run_due(at=AT + timedelta(seconds=1))
    finally:
        remove_subscription("tests.hear_published")
        remove_subscription("tests.hear_withdrawn")

    assert [type(message) for message in heard] == [MatterPublished, MatterWithdrawn]


def test_an_unlawful_definition_is_refused_with_every_fault(yaoshi) -> None:
    with pytest.raises(UnlawfulDefinitionError) as refusal:
        publish_matter(
            definition=change(yaoshi, promised_days=21, faq=()), by=BY, at=AT, effective_from=TODAY
        )

    assert any("承诺时限不能长于法定时限" in problem for problem in refusal.value.problems)
    assert any(problem.startswith("faq：") for problem in refusal.value.problems)


def test_a_matter_of_an_unknown_organ_is_refused(db) -> None:
    with pytest.raises(DomainError, match="没有这个机构"):
        publish_matter(definition=load_shipped_matter("yaoshi"), by=BY, at=AT, effective_from=TODAY)


def test_the_database_refuses_to_change_a_definition(yaoshi) -> None:
    for changes in ({"definition": "{}"}, {"digest": "sha256:0"}, {"version": 9}, {"effective_from": TODAY}):
        with pytest.raises(DatabaseError, match="never changes"), savepoint():
            MatterVersion.objects.update(**changes)


def test_a_withdrawn_matter_is_found_no_more_but_its_versions_stay(yaoshi) -> None:
    version_id = get_matter(yaoshi.code).version_id

    withdraw_matter(code=yaoshi.code, reason="国务院决定取消", by=BY, at=AT)

    with pytest.raises(MatterWithdrawnError, match="国务院决定取消"):
        get_matter(yaoshi.code)
    assert get_version(version_id).definition == yaoshi
    assert search_matters("执业药师") == ()
    assert list_matters().cards == ()
    assert list_versions(yaoshi.code)[0].status == "withdrawn"
    with pytest.raises(MatterWithdrawnError):
        withdraw_matter(code=yaoshi.code, reason="再来一次", by=BY, at=AT)


def test_a_withdrawal_says_why_and_of_what(yaoshi) -> None:
    with pytest.raises(UnexplainedWithdrawalError):
        withdraw_matter(code=yaoshi.code, reason=" ", by=BY, at=AT)
    with pytest.raises(UnknownMatterError):
        withdraw_matter(code="0" * 33, reason="x", by=BY, at=AT)


def test_a_withdrawn_matter_may_come_back_as_a_new_version(yaoshi) -> None:
    withdraw_matter(code=yaoshi.code, reason="暂停", by=BY, at=AT)

    assert publish_matter(definition=yaoshi, by=BY, at=AT, effective_from=TODAY) == 2
    assert get_matter(yaoshi.code).version == 2


def test_a_version_published_ahead_waits_for_its_day(yaoshi) -> None:
    publish_matter(definition=change(yaoshi, promised_days=1), by=BY, at=AT, effective_from=date(2026, 4, 1))

    assert get_matter(yaoshi.code).version == 1
    assert get_matter(yaoshi.code, on=date(2026, 4, 1)).version == 2
    assert bring_versions_into_force(at=AT) == 0
    # 16:30 UTC on 31 March is already 1 April at the counter.
    assert bring_versions_into_force(at=datetime(2026, 3, 31, 16, 30, tzinfo=UTC)) == 1
    assert get_matter(yaoshi.code).version == 2


def test_nothing_applies_before_the_first_version(yaoshi) -> None:
    with pytest.raises(UnknownMatterError):
        get_matter(yaoshi.code, on=date(2026, 2, 28))
    with pytest.raises(UnknownMatterError):
        get_matter("0" * 33)
    with pytest.raises(UnknownMatterError):
        get_version(999_999)
