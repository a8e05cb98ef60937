"""The chain of digests: any change of any event shows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from suban.foundation.rules.evidence import (
    Coverage,
    canonical_text,
    chain_digest,
    find_event_faults,
    follows,
    instant_text,
    is_signed_by,
    parse_object,
    sign,
)
from suban.foundation.types import GENESIS, AuditReport, Fault, FaultKind

Chain = list[tuple[str, str]]  # (body, digest)


def _chain(facts: list[Any]) -> Chain:
    chain: Chain = []
    for fact in facts:
        body = canonical_text({"data": fact})
        chain.append((body, chain_digest(chain[-1][1] if chain else GENESIS.digest, body)))
    return chain


def _faults(chain: Chain) -> list[FaultKind]:
    previous, found = GENESIS.digest, []
    for body, digest in chain:
        found += [kind for kind, _ in find_event_faults({}, body, digest=digest, previous=previous)]
        previous = digest
    return found


FACTS = st.lists(st.one_of(st.integers(-(2**50), 2**50), st.text(), st.booleans()), min_size=1, max_size=8)


@given(FACTS)
def test_an_untouched_chain_has_no_faults(facts: list[Any]) -> None:
    assert _faults(_chain(facts)) == []


@given(FACTS, st.data())
def test_a_changed_event_is_found(facts: list[Any], data: st.DataObject) -> None:
    chain = _chain(facts)
    place = data.draw(st.integers(0, len(chain) - 1))
    other = canonical_text({"data": ["changed", data.draw(st.text())]})

    chain[place] = (other, chain[place][1])

    assert FaultKind.ALTERED_EVENT in _faults(chain)


@given(FACTS, st.data())
def test_a_dropped_event_is_found_unless_it_is_the_last(facts: list[Any], data: st.DataObject) -> None:
    chain = _chain([*facts, "end"])
    del chain[data.draw(st.integers(0, len(chain) - 2))]

    assert FaultKind.ALTERED_EVENT in _faults(chain)


@given(
    st.lists(st.integers(), min_size=2, max_size=8, unique=True).filter(lambda f: max(map(abs, f)) < 2**50)
)
def test_two_swapped_events_are_found(facts: list[int]) -> None:
    chain = _chain(facts)
    chain[0], chain[-1] = chain[-1], chain[0]

    assert FaultKind.ALTERED_EVENT in _faults(chain)


def test_the_digest_is_named_and_depends_on_the_one_before() -> None:
    first = chain_digest(GENESIS.digest, "{}")

    assert first.startswith("sha256:")
    assert chain_digest(first, "{}") != first
    assert follows(GENESIS.digest, "{}", first)


@pytest.mark.parametrize("previous", ["", "sha256:", "sha256:00", "md5:" + "0" * 64, "sha256:" + "x" * 64])
def test_what_is_no_digest_has_no_successor(previous: str) -> None:
    with pytest.raises(ValueError, match=r"digest|hexadecimal"):
        chain_digest(previous, "{}")
    assert not follows(previous, "{}", GENESIS.digest)


def test_a_column_that_differs_from_the_body_is_found() -> None:
    body = canonical_text({"actor": "staff:1"})
    digest = chain_digest(GENESIS.digest, body)

    faults = list(find_event_faults({"actor": "staff:2"}, body, digest=digest, previous=GENESIS.digest))

    assert [kind for kind, _ in faults] == [FaultKind.ALTERED_COLUMN]


@pytest.mark.parametrize("body", ["not json", "[]", ""])
def test_a_body_that_is_no_object_is_a_fault(body: str) -> None:
    faults = list(find_event_faults({}, body, digest=GENESIS.digest, previous=None))

    assert [kind for kind, _ in faults] == [FaultKind.ALTERED_EVENT]
    assert parse_object(body) is None


def test_an_instant_is_written_in_one_way_only() -> None:
    at = datetime(2017, 10, 17, 1, 2, 3, tzinfo=UTC)

    assert instant_text(at) == "2017-10-17T01:02:03.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        instant_text(at.replace(tzinfo=None))


@pytest.mark.parametrize("signature", ["", "ed25519:zz", "ed25519:" + "00" * 64, "00" * 64])
def test_a_false_signature_is_refused(signature: str) -> None:
    key = Ed25519PrivateKey.generate()

    assert is_signed_by(key.public_key(), "{}", sign(key, "{}"))
    assert not is_signed_by(key.public_key(), "{}", signature)
    assert not is_signed_by(key.public_key(), "{ }", sign(key, "{}"))
    assert not is_signed_by(key.public_key(), "{}", sign(key, "{}").removeprefix("ed25519:"))


def test_coverage_counts_rows_and_sees_their_order() -> None:
    one, other = Coverage(), Coverage()
    for row in ("a", "b"):
        one.add(row)
    for row in ("b", "a"):
        other.add(row)

    assert one.span(after=0, until=2)["count"] == 2
    assert one.span(after=0, until=2) != other.span(after=0, until=2)


def test_a_report_passes_only_without_faults() -> None:
    numbers = {"streams": 1, "events": 1, "reads": 0, "checkpoints": 0, "uncovered_events": 1}
    fault = Fault(FaultKind.MISSING_EVENT, "case:1", 2, "gone")
    report = AuditReport(**numbers, uncovered_reads=0, head="h", fault_count=1, faults=(fault,))

    encoded = report.encode()

    assert encoded["passed"] is False
    assert encoded["faults"] == [{"kind": "missing_event", "stream": "case:1", "seq": 2, "detail": "gone"}]
