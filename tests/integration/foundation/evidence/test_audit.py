"""Going around the protection: whatever somebody with all rights changes, the audit reports."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from suban.foundation.errors import NodeKeyExistsError, NodeKeyMissingError
from suban.foundation.models import Checkpoint, Event
from suban.foundation.queries import audit
from suban.foundation.queries.evidence import verify_evidence
from suban.foundation.queries.node_key import PRIVATE, find_public_key, keys_folder
from suban.foundation.rules.evidence import canonical_text, chain_digest, key_fingerprint, sign
from suban.foundation.services.access_log import record_read
from suban.foundation.services.evidence import sign_checkpoint
from suban.foundation.services.node_key import create_node_key, get_node_key
from suban.foundation.types import GENESIS, ChainHead, FaultKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
Append = Callable[..., ChainHead]
Tamper = Callable[..., None]
AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)


@pytest.fixture
def recorded(append: Append, kept_heads: dict[str, ChainHead]) -> dict[str, ChainHead]:
    """Two cases and a read under a checkpoint, one more event after it."""
    kept_heads["case:1"] = append("case:1", "submitted", "accepted", "granted")
    kept_heads["case:2"] = append("case:2", "submitted", "withdrawn")
    for subject in ("person:1", "person:2"):
        record_read(subject=subject, by="staff:1", purpose="审查", what=("phone",), case="case:1", at=AT)
    sign_checkpoint(at=AT)
    kept_heads["case:2"] = append("case:2", "closed", head=kept_heads["case:2"])
    return kept_heads


def _found() -> set[tuple[str, str, int]]:
    return {(fault.kind, fault.stream, fault.seq) for fault in verify_evidence().faults}


def test_untouched_evidence_passes(recorded: object) -> None:
    report = verify_evidence()

    assert report.passed
    assert (report.streams, report.events, report.reads, report.checkpoints) == (2, 6, 2, 1)
    assert (report.uncovered_events, report.uncovered_reads) == (1, 0)
    assert report.head == Checkpoint.objects.get().digest
    assert json.loads(json.dumps(report.encode()))["passed"] is True


def test_no_evidence_passes() -> None:
    report = verify_evidence()

    assert report.passed
    assert (report.events, report.checkpoints, report.head) == (0, 0, GENESIS.digest)


def test_an_altered_event_is_found(recorded: object, tamper: Tamper) -> None:
    body = Event.objects.get(stream="case:1", seq=2).body.replace('"n":1', '"n":7')
    tamper("UPDATE foundation_event SET body = %s WHERE stream = 'case:1' AND seq = 2", body)

    assert _found() == {(FaultKind.ALTERED_EVENT, "case:1", 2)}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "staff:9"),
        ("on_behalf_of", "company:9"),
        ("type", "refused"),
        ("version", 9),
        ("event_id", "0" * 32),
        ("recorded_at", AT + timedelta(days=1)),
        ("effective_on", date(2017, 10, 18)),
    ],
)
def test_an_altered_column_is_found(recorded: object, tamper: Tamper, column: str, value: Any) -> None:
    tamper(f"UPDATE foundation_event SET {column} = %s WHERE stream = 'case:1' AND seq = 2", value)

    assert _found() == {(FaultKind.ALTERED_COLUMN, "case:1", 2)}


def test_a_deleted_event_is_found(recorded: object, tamper: Tamper) -> None:
    tamper("DELETE FROM foundation_event WHERE stream = 'case:1' AND seq = 2")

    assert _found() == {(FaultKind.MISSING_EVENT, "case:1", 2), (FaultKind.EVENTS_NOT_AS_SIGNED, "", 1)}


def test_two_swapped_events_are_found(recorded: object, tamper: Tamper) -> None:
    for seq in ("99 WHERE seq = 1", "1 WHERE seq = 2", "2 WHERE seq = 99"):
        tamper(f"UPDATE foundation_event SET seq = {seq} AND stream = 'case:1'")

    assert {(FaultKind.ALTERED_EVENT, "case:1", 1), (FaultKind.ALTERED_EVENT, "case:1", 2)} <= _found()


def test_a_truncated_tail_is_found_by_the_kept_head(recorded: object, tamper: Tamper) -> None:
    tamper("DELETE FROM foundation_event WHERE stream = 'case:2' AND seq = 3")

    assert _found() == {(FaultKind.TRUNCATED_STREAM, "case:2", 3)}


def test_a_truncated_tail_under_a_checkpoint_is_found_without_any_head(
    recorded: dict[str, ChainHead], tamper: Tamper
) -> None:
    recorded.clear()
    tamper("DELETE FROM foundation_event WHERE stream = 'case:1' AND seq = 3")

    assert _found() == {(FaultKind.EVENTS_NOT_AS_SIGNED, "", 1)}


def test_a_whole_stream_that_vanished_is_found(recorded: object, tamper: Tamper) -> None:
    tamper("DELETE FROM foundation_event WHERE stream = 'case:1'")

    assert (FaultKind.TRUNCATED_STREAM, "case:1", 3) in _found()


def test_a_rewritten_chain_is_found(recorded: dict[str, ChainHead], tamper: Tamper) -> None:
    event = Event.objects.get(stream="case:2", seq=3)
    body = event.body.replace('"n":0', '"n":7')
    previous = Event.objects.get(stream="case:2", seq=2).digest
    digest = chain_digest(previous, body)
    tamper("UPDATE foundation_event SET body = %s, digest = %s WHERE id = %s", body, digest, event.pk)

    assert _found() == {(FaultKind.HEAD_DIFFERS, "case:2", 3)}


def test_a_smuggled_event_is_found(recorded: dict[str, ChainHead], append: Append) -> None:
    append("case:1", "revoked", head=recorded["case:1"])

    assert _found() == {(FaultKind.HEAD_PASSED, "case:1", 3)}


def test_a_case_that_moves_on_during_the_audit_is_no_fault(
    recorded: dict[str, ChainHead], append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = audit._last_seqs

    def look_while_somebody_works(heads: dict[str, ChainHead]) -> dict[str, int]:
        recorded["case:1"] = append("case:1", "printed", head=recorded["case:1"])
        return look(heads)

    monkeypatch.setattr(audit, "_last_seqs", look_while_somebody_works)

    assert verify_evidence().passed


def test_a_stream_that_has_not_begun_may_be_kept(recorded: dict[str, ChainHead]) -> None:
    recorded["case:3"] = GENESIS

    assert verify_evidence().passed


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE foundation_accesslogentry SET actor = 'staff:2' WHERE subject = 'person:1'",
        "UPDATE foundation_accesslogentry SET what = '[]' WHERE subject = 'person:2'",
        "DELETE FROM foundation_accesslogentry WHERE subject = 'person:1'",
        "DELETE FROM foundation_accesslogentry WHERE subject = 'person:2'",
    ],
)
def test_an_altered_access_log_is_found(recorded: object, tamper: Tamper, sql: str) -> None:
    tamper(sql)

    assert _found() == {(FaultKind.READS_NOT_AS_SIGNED, "", 1)}


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("signature = 'ed25519:00'", FaultKind.CHECKPOINT_FORGED),
        ("signed_at = '2018-01-01 00:00:00+00:00'", FaultKind.CHECKPOINT_ALTERED),
        ("digest = 'sha256:00'", FaultKind.CHECKPOINT_ALTERED),
        ("body = 'x'", FaultKind.CHECKPOINT_FORGED),
        ("body = '[1]'", FaultKind.CHECKPOINT_FORGED),
        ("last_event = last_event - 1", FaultKind.EVENTS_NOT_AS_SIGNED),
        ("last_read = last_read - 1", FaultKind.READS_NOT_AS_SIGNED),
    ],
)
def test_an_altered_checkpoint_is_found(recorded: object, tamper: Tamper, sql: str, kind: str) -> None:
    tamper(f"UPDATE foundation_checkpoint SET {sql}")

    assert (kind, "", 1) in _found()


def test_a_checkpoint_signed_with_a_foreign_key_is_found(recorded: object, tamper: Tamper) -> None:
    """An attacker with the database, but without the node's key folder, signs it all anew."""
    foreign = Ed25519PrivateKey.generate()
    body = json.loads(Checkpoint.objects.get().body) | {"key": key_fingerprint(foreign.public_key())}
    text = canonical_text(body)
    tamper(
        "UPDATE foundation_checkpoint SET body = %s, digest = %s, signature = %s",
        text,
        chain_digest(GENESIS.digest, text),
        sign(foreign, text),
    )

    assert _found() == {(FaultKind.CHECKPOINT_FORGED, "", 1)}


def test_a_deleted_checkpoint_is_found_once(
    recorded: dict[str, ChainHead], append: Append, tamper: Tamper
) -> None:
    for number in (2, 3):
        recorded["case:1"] = append("case:1", "printed", head=recorded["case:1"])
        assert sign_checkpoint(at=AT) == number
    tamper("DELETE FROM foundation_checkpoint WHERE number = 2")

    assert _found() == {(FaultKind.CHECKPOINT_MISSING, "", 2)}


def test_a_forged_public_key_file_is_not_trusted(recorded: object) -> None:
    (path,) = keys_folder().glob("node-*.pub")
    create_folder = path.read_bytes()
    fingerprint = json.loads(Checkpoint.objects.get().body)["key"]
    (keys_folder() / PRIVATE).unlink()
    create_node_key()
    (other,) = set(keys_folder().glob("node-*.pub")) - {path}

    path.write_bytes(other.read_bytes())

    assert find_public_key(fingerprint) is None
    assert find_public_key("../" + fingerprint) is None
    path.write_bytes(create_folder)
    assert find_public_key(fingerprint) is not None


def test_old_checkpoints_stay_valid_when_the_key_is_replaced(recorded: object) -> None:
    (keys_folder() / PRIVATE).unlink()

    assert sign_checkpoint(at=AT) == 2
    assert verify_evidence().passed


def test_nothing_new_needs_no_checkpoint(recorded: object) -> None:
    assert sign_checkpoint(at=AT) == 2
    assert sign_checkpoint(at=AT) is None


def test_a_report_lists_the_first_faults_and_counts_all(
    recorded: object, tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "SHOWN", 2)
    tamper("UPDATE foundation_event SET actor = 'staff:9'")

    report = verify_evidence()

    assert len(report.faults) == 2
    assert report.fault_count == 6


def test_outside_demo_mode_the_key_is_made_on_purpose(settings: Any, tmp_path: Path) -> None:
    settings.SUBAN = SimpleNamespace(data=tmp_path / "fresh", demo=False)

    with pytest.raises(NodeKeyMissingError):
        get_node_key()
    name = create_node_key()
    with pytest.raises(NodeKeyExistsError):
        create_node_key()

    assert find_public_key(name) is not None
    assert (keys_folder() / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert (keys_folder() / PRIVATE).read_bytes().startswith(b"-----BEGIN PRIVATE KEY")


def test_a_key_of_another_kind_is_not_taken_for_the_nodes_key() -> None:
    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keys_folder().mkdir(parents=True)
    (keys_folder() / PRIVATE).write_bytes(pem)

    with pytest.raises(NodeKeyMissingError):
        get_node_key()
