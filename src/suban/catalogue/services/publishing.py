"""Publishing and withdrawing matters: each a new link in the matter's own chain."""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import F

from suban.catalogue.errors import (
    MatterWithdrawnError,
    UnexplainedWithdrawalError,
    UnknownMatterError,
    UnlawfulDefinitionError,
)
from suban.catalogue.events import MatterPublished, MatterWithdrawn
from suban.catalogue.models import Matter, MatterVersion
from suban.catalogue.queries.heads import stream_of
from suban.catalogue.rules import lint_definition
from suban.catalogue.types import MatterDefinition
from suban.foundation.services.evidence import append_events
from suban.foundation.services.outbox import publish
from suban.foundation.services.search import index_document, remove_document
from suban.foundation.services.transactions import transaction, transaction_required
from suban.foundation.types import GENESIS, ChainHead, NewEvent
from suban.identity.queries import organ_pk
from suban.kernel.clock import civil_day

SEARCH_KIND: Final = "matter"


def publish_matter(*, definition: MatterDefinition, by: str, at: datetime, effective_from: date) -> int:
    """Publish `definition`, in force from `effective_from` on; return its version.

    The same content published again is the same version.

    :raises UnlawfulDefinitionError: the lint found something; each finding names its place.
    :raises NotFoundError: the organ isn't registered.
    """
    if findings := lint_definition(definition):
        raise UnlawfulDefinitionError([f"{one.path}：{one.message}" for one in findings])
    organ = organ_pk(definition.organ)
    with transaction():
        matter = _lock_or_create(definition, organ)
        latest = matter.versions.order_by("-version").first()
        if latest is not None and _is_same(latest, definition):
            return latest.version
        version = MatterVersion.objects.create(
            matter=matter,
            version=latest.version + 1 if latest is not None else 1,
            definition=definition.canonical,
            digest=definition.digest,
            effective_from=effective_from,
            published_by=by,
            published_at=at,
        )
        matter.withdrawn_at, matter.withdrawn_reason = None, ""
        if effective_from <= civil_day(at):
            _put_in_force(matter, version, definition)
        _record(matter, NewEvent(MatterPublished.topic, _facts(version)), by=by, at=at, on=effective_from)
        matter.save()
        publish(
            MatterPublished(
                code=matter.code,
                version=version.version,
                digest=version.digest,
                organ=matter.organ_code,
                effective_from=effective_from,
            ),
        )
    return version.version


def withdraw_matter(*, code: str, reason: str, by: str, at: datetime) -> None:
    """Let nobody apply for the matter `code` any more; running cases go on under their version.

    :raises UnknownMatterError: no such matter was published.
    :raises MatterWithdrawnError: it is withdrawn already.
    """
    if not reason.strip():
        raise UnexplainedWithdrawalError("请写明停止办理的原因，申请人会看到。", field="reason")
    with transaction():
        matter = _lock(code)
        if matter.withdrawn_at is not None:
            raise MatterWithdrawnError(f"该事项已停止办理：{matter.withdrawn_reason}", code=code)
        matter.withdrawn_at, matter.withdrawn_reason = at, reason
        matter.versions.filter(status=MatterVersion.PUBLISHED).update(
            status=MatterVersion.WITHDRAWN, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason
        )
        event = NewEvent(MatterWithdrawn.topic, {"version": matter.current_number, "reason": reason})
        _record(matter, event, by=by, at=at, on=civil_day(at))
        matter.save()
        remove_document(kind=SEARCH_KIND, key=code)
        publish(MatterWithdrawn(code=code, organ=matter.organ_code, reason=reason))


def bring_versions_into_force(*, at: datetime) -> int:
    """Let versions published ahead apply whose day has come; return how many. Runs every night."""
    day = civil_day(at)
    due = MatterVersion.objects.filter(
        status=MatterVersion.PUBLISHED, effective_from__lte=day, version__gt=F("matter__current_number")
    )
    codes = sorted(set(due.values_list("matter__code", flat=True)))
    return sum(_bring_into_force(code, day) for code in codes)


def _bring_into_force(code: str, day: date) -> int:
    with transaction():
        matter = _lock(code)
        published = matter.versions.filter(status=MatterVersion.PUBLISHED, effective_from__lte=day)
        version = published.order_by("-version").first()
        if version is None or version.version <= matter.current_number:
            return 0  # another worker was faster, or it was withdrawn meanwhile
        _put_in_force(matter, version, MatterDefinition.model_validate_json(version.definition))
        matter.save()
    return 1


def _is_same(latest: MatterVersion, definition: MatterDefinition) -> bool:
    return latest.status == MatterVersion.PUBLISHED and latest.digest == definition.digest


def _lock(code: str) -> Matter:
    matter = Matter.objects.select_for_update(no_key=True).filter(code=code).first()
    if matter is None:
        raise UnknownMatterError("没有这个事项，请核对编码。", code=code)
    return matter


@transaction_required
def _lock_or_create(definition: MatterDefinition, organ: int) -> Matter:
    # The row is made first and locked then, so that two first publications stand in line.
    Matter.objects.get_or_create(
        code=definition.code,
        defaults={**_columns(definition), "organ_id": organ, "digest": GENESIS.digest},
    )
    return _lock(definition.code)


@transaction_required
def _put_in_force(matter: Matter, version: MatterVersion, definition: MatterDefinition) -> None:
    for name, value in _columns(definition).items():
        setattr(matter, name, value)
    matter.current, matter.current_number = version, version.version
    index_document(
        kind=SEARCH_KIND,
        key=definition.code,
        title=" ".join((definition.plain_name, definition.name, *definition.keywords)),
        body=" ".join((definition.summary, definition.organ_name, *definition.extended.topics)),
    )


@transaction_required
def _record(matter: Matter, event: NewEvent, *, by: str, at: datetime, on: date) -> None:
    head = append_events(
        stream=stream_of(matter.code),
        head=ChainHead(matter.seq, matter.digest),
        events=[event],
        at=at,
        effective_on=on,
        by=by,
    )
    matter.seq, matter.digest = head.seq, head.digest


def _columns(definition: MatterDefinition) -> dict[str, Any]:
    return {
        "base_code": definition.base_code,
        "organ_code": definition.organ,
        "organ_name": definition.organ_name,
        "region_code": definition.region_code,
        "frame": definition.frame,
        "target": definition.target,
        "name": definition.name,
        "plain_name": definition.plain_name,
        "summary": definition.summary,
        "promised_days": definition.promised_days,
        "on_site_visits": definition.on_site_visits,
        "charged": definition.fee.charged,
    }


def _facts(version: MatterVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "digest": version.digest,
        "effective_from": version.effective_from.isoformat(),
    }
