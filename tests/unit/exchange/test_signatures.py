"""The signature of the exchange platform, on both sides of the line."""

import pytest

from suban.exchange.adapters import signatures as ours
from suban.simulators import signatures as theirs

# The published vector.
VECTOR = {
    "service": "s_demo_0001",
    "requester": "r_demo_0001",
    "time": "1508203800000",
    "secret": "demo-secret",
}
SIGN = "htCS9jcV9PsKcC3NI13SsrBN+rYKRRL5Q+imkko8Bb4="


@pytest.mark.parametrize("side", [ours, theirs], ids=["adapter", "simulator"])
def test_both_sides_sign_as_the_published_vector(side):
    assert side.sign_call(**VECTOR) == SIGN


@pytest.mark.parametrize("changed", sorted(VECTOR))
def test_every_part_is_signed(changed):
    assert ours.sign_call(**(VECTOR | {changed: VECTOR[changed] + "1"})) != SIGN


def test_headers_carry_what_was_signed():
    headers = ours.signed_headers(
        service="s_demo_0001", requester="r_demo_0001", milliseconds=1508203800000, secret="demo-secret"
    )

    assert headers == {
        "gjgxjhpt_rid": "r_demo_0001",
        "gjgxjhpt_sid": "s_demo_0001",
        "gjgxjhpt_rtime": "1508203800000",
        "gjgxjhpt_sign": SIGN,
    }


def test_a_secret_is_readable_for_its_requester_and_service_only():
    wrapped = theirs.wrap_secret("secret", app_key="key", service="s", requester="r")

    assert ours.unwrap_secret(wrapped, app_key="key", service="s", requester="r") == "secret"
    for other in ({"app_key": "other"}, {"service": "t"}, {"requester": "q"}):
        with pytest.raises(ours.UnreadableSecretError):
            ours.unwrap_secret(wrapped, **({"app_key": "key", "service": "s", "requester": "r"} | other))


@pytest.mark.parametrize("damaged", ["", "not base64!", "AAAA"])
def test_a_damaged_secret_is_refused(damaged):
    with pytest.raises(ours.UnreadableSecretError):
        ours.unwrap_secret(damaged, app_key="key", service="s", requester="r")
