"""Words from templates, the order of channels, and what the ledger shows."""

from string import Formatter

import pytest

from suban.notices import rules
from suban.notices.errors import TemplateValueError, UnknownTemplateError
from suban.notices.queries import get_template, list_templates
from suban.notices.types import Channel, NoticeAddress, Template

TEMPLATE = Template(
    key="t",
    title="已受理：{matter}",
    body="编号 {number}\n{reasons}",
    sms="【速办】{matter}",
    values=("matter", "number", "reasons"),
)
VALUES = {"matter": "执业药师首次注册", "number": "1", "reasons": "一\n二"}

NEEDED = {
    "case_submitted", "correction_requested", "case_accepted", "case_deemed_accepted", "decision_granted",
    "decision_refused", "licence_issued", "parcel_sent", "parcel_signed", "parcel_returned",
    "confirmation_requested", "case_withdrawn",
    "case_not_needed", "case_not_competent", "false_material_found", "case_terminated", "mending_offered",
}  # fmt: skip


def test_words_come_out_with_their_values():
    words = rules.render(TEMPLATE, VALUES)

    assert words.title == "已受理：执业药师首次注册"
    assert words.body == "编号 1\n一\n二"
    assert words.sms == "【速办】执业药师首次注册"


@pytest.mark.parametrize("missing", sorted(VALUES))
def test_a_missing_value_is_an_error_that_names_it(missing):
    with pytest.raises(TemplateValueError, match=missing):
        rules.render(TEMPLATE, {name: value for name, value in VALUES.items() if name != missing})


def test_an_unknown_value_is_an_error_that_names_it():
    with pytest.raises(TemplateValueError, match="phone"):
        rules.render(TEMPLATE, VALUES | {"phone": "1"})


@pytest.mark.parametrize("broken", ["a\nBcc: x@example.org", "a\r\nb", "a\n", "a\u2028b"])
def test_a_title_never_breaks_over_lines(broken):
    with pytest.raises(TemplateValueError, match="matter"):
        rules.render(TEMPLATE, VALUES | {"matter": broken})


def test_braces_in_a_value_stay_braces():
    assert (
        rules.render(TEMPLATE, VALUES | {"matter": "{number}{0.__class__}"}).title
        == "已受理：{number}{0.__class__}"
    )


@pytest.mark.parametrize("text", ["{a.b}", "{a[0]}", "{}", "{0}", "{a!r}", "{a:>9}"])
def test_only_plain_names_stand_in_a_template(text):
    with pytest.raises(ValueError, match="not a plain value"):
        rules.placeholders(text)


@pytest.mark.parametrize("values", [("matter", "number"), ("matter", "number", "reasons", "more")])
def test_a_template_declares_exactly_what_it_uses(values):
    with pytest.raises(ValueError, match="declares"):
        rules.check_template(TEMPLATE.model_copy(update={"values": values}))


def test_every_notice_of_a_case_has_a_template():
    assert {template.key for template in list_templates()} >= NEEDED
    with pytest.raises(UnknownTemplateError, match="no_such"):
        get_template("no_such")


@pytest.mark.parametrize("key", sorted(NEEDED))
def test_every_text_message_is_signed_short_and_names_no_person(key):
    sms = get_template(key).sms
    names = {name for _, name, _, _ in Formatter().parse(sms) if name}

    assert sms.startswith("【速办】")
    assert len(sms) < 120
    assert not names & {"applicant_name"}


def test_channels_are_tried_in_their_order():
    assert rules.channels_after(TEMPLATE, None) == (Channel.SMS, Channel.EMAIL)
    assert rules.channels_after(TEMPLATE, Channel.SMS) == (Channel.EMAIL,)
    assert rules.channels_after(TEMPLATE, Channel.EMAIL) == ()


def test_the_last_channel_is_tried_longer():
    assert rules.attempts_allowed(has_fallback=True) < rules.attempts_allowed(has_fallback=False) < 12


@pytest.mark.parametrize(
    ("channel", "address", "shown"),
    [
        (Channel.SMS, "13900000001", "139****0001"),
        (Channel.SMS, "12", "****"),
        (Channel.EMAIL, "someone@example.org", "s***@example.org"),
        (Channel.INBOX, "person:ab", "person:ab"),
    ],
)
def test_the_ledger_masks_addresses(channel, address, shown):
    assert rules.mask_address(channel, address) == shown
    assert rules.address_for(channel, NoticeAddress(inbox="person:ab", email=address, phone=address))
