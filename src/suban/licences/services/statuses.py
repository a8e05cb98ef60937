"""What an organ does to a licence afterwards, and the published list of it."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max

from suban.foundation.services.evidence import append_events
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import run_after_commit, transaction, transaction_required
from suban.foundation.types import ChainHead, NewEvent
from suban.identity.types import Actor, Role
from suban.kernel.clock import civil_day
from suban.licences import ports
from suban.licences.errors import LicenceNotPermittedError, UnknownLicenceError
from suban.licences.events import LicenceStatusChanged
from suban.licences.models import Licence, StatusListIssue
from suban.licences.rules.codes import seal_document, status_list_bytes
from suban.licences.rules.statuses import CHANGES, Act, next_status
from suban.licences.services.seals import open_node_key
from suban.licences.types import NODE, Stage, Status, StatusList

STATUS_FILE: Final = "status-list.json"
STATUS_LIFE: Final = timedelta(days=2)  # published daily; one missed day is no alarm


def suspend_licence(*, licence_id: str, ground: str, by: Actor, at: datetime) -> None:
    """Take a licence away for a time (暂扣).

    :raises StatusNotAllowedError: it isn't in force.
    """
    _act_on(licence_id, Act.SUSPEND, ground=ground, by=by, at=at)


def restore_licence(*, licence_id: str, ground: str, by: Actor, at: datetime) -> None:
    """Give a suspended licence back (发还).

    :raises StatusNotAllowedError: it isn't suspended.
    """
    _act_on(licence_id, Act.RESTORE, ground=ground, by=by, at=at)


def revoke_licence(
    *,
    licence_id: str,
    ground: str,
    by: Actor,
    at: datetime,
    act: Act = Act.RESCIND,
) -> None:
    """End a licence by decision: rescinded (撤销), revoked as a penalty (吊销) or withdrawn (撤回).

    :raises StatusNotAllowedError: it has ended already.
    """
    if act not in {Act.RESCIND, Act.REVOKE, Act.WITHDRAW}:
        raise ValueError(f"{act} isn't a way to revoke")
    _act_on(licence_id, act, ground=ground, by=by, at=at)


def cancel_licence(*, licence_id: str, ground: str, by: Actor, at: datetime) -> None:
    """Strike a licence off the register (注销).

    :raises StatusNotAllowedError: it was struck off before.
    """
    _act_on(licence_id, Act.CANCEL, ground=ground, by=by, at=at)


def publish_status_list(*, at: datetime) -> int:
    """Publish which licences aren't simply valid, signed by this node; return the list's number.

    Run daily and after every change. Expiry isn't listed: each licence carries its own last day.
    """
    key = open_node_key(at=at)
    with transaction():
        newest = StatusListIssue.objects.aggregate(newest=Max("number"))["newest"] or 0
        rows = Licence.objects.filter(stage=Stage.ISSUED).exclude(status=Status.VALID)
        statuses = StatusList(
            node=NODE,
            number=newest + 1,
            as_of=at,
            next_update=at + STATUS_LIFE,
            exceptions={
                identifier: Status(status)
                for identifier, status in rows.order_by("identifier").values_list("identifier", "status")
            },
        )
        content = status_list_bytes(statuses)
        signature = ports.code_signer.get().sign(content, key.private)
        document = seal_document(content, signature=signature, key_id=key.key_id)
        StatusListIssue.objects.create(
            number=statuses.number,
            as_of=at,
            next_update=statuses.next_update,
            document=document.decode(),
        )
        run_after_commit(lambda: ports.trust_shelf.get().lay(STATUS_FILE, document))
    return statuses.number


@transaction_required
def change_status(row: Licence, act: Act, *, ground: str, by: str, at: datetime) -> None:
    """Change the status of a locked licence, with event and message.

    :raises StatusNotAllowedError: the law gives no such step.
    """
    before, after = Status(row.status), next_status(Status(row.status), act)
    fact = NewEvent(
        "licence.status_changed",
        {"act": act, "from": before, "to": after, "article": CHANGES[act].article, "ground": ground},
    )
    head = append_events(
        stream=f"licence:{row.identifier}",
        head=ChainHead(row.seq, row.digest),
        events=[fact],
        at=at,
        effective_on=civil_day(at),
        by=by,
    )
    row.status, row.status_at, row.seq, row.digest = after, at, head.seq, head.digest
    row.save(update_fields=["status", "status_at", "seq", "digest"])
    publish(LicenceStatusChanged(licence_id=row.identifier, status=after, ground=ground, at=at))


def _act_on(licence_id: str, act: Act, *, ground: str, by: Actor, at: datetime) -> None:
    with transaction():
        row = (
            Licence.objects.select_for_update(no_key=True)
            .filter(identifier=licence_id, stage=Stage.ISSUED)
            .first()
        )
        if row is None or not _knows(by, row.issuer):
            raise UnknownLicenceError("没有这本证照，请核对标识。", licence=licence_id)
        if not _decides(by, row.issuer):
            raise LicenceNotPermittedError("您没有该机构的决定权限，请由决定人员办理。", licence=licence_id)
        change_status(row, act, ground=ground, by=by.ref, at=at)


def _knows(actor: Actor, issuer: str) -> bool:
    return actor.is_system or any(actor.may(role, issuer) for role in Role)


def _decides(actor: Actor, issuer: str) -> bool:
    return actor.is_system or actor.may(Role.DECIDER, issuer)
