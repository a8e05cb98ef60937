"""Opening a draft, writing in it, giving it up. Nothing that someone typed is lost or judged here."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import orjson
from django.db import IntegrityError

from suban.cases import events as e
from suban.cases.errors import (
    AnswersTooLargeError,
    IdempotencyConflictError,
    MoveNotAllowedError,
    NotYourSeatError,
    RealnameLevelError,
    StaleDraftError,
    UnknownCaseError,
)
from suban.cases.models import Case, CaseForm, IdempotencyKey
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.bans import check_not_banned
from suban.cases.queries.opening import OpenedCase, make_context, write_snapshot
from suban.cases.rules import commands as c
from suban.cases.rules.materials import answers_behind
from suban.cases.rules.numbers import case_number
from suban.cases.rules.state import start
from suban.cases.services.acting import act, lock_case, payload
from suban.cases.services.facts import known_sources, party_label
from suban.cases.types import Act, MaterialKind, State
from suban.catalogue.queries import get_matter
from suban.catalogue.rules import normalise_answers, prefill_answers
from suban.catalogue.types import DeliveryChannel, MatterDefinition, PublishedMatter, Target
from suban.foundation.services.evidence import append_events
from suban.foundation.services.files import discard_file
from suban.foundation.services.numbering import next_sequence
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import savepoint, transaction, transaction_required
from suban.foundation.types import GENESIS, NewEvent
from suban.identity.queries import organ_pk
from suban.identity.types import Actor
from suban.kernel.canonical import canonical_json, digest
from suban.kernel.clock import civil_day
from suban.kernel.references import split_ref

MAX_ANSWERS_BYTES: Final = 256 * 1024


def start_case(*, actor: Actor, matter_code: str, at: datetime, idempotency_key: str = "") -> str:
    """Open a draft of the matter's current version and return its number.

    The same `idempotency_key` of the same party gives the same draft again.

    :raises NotYourSeatError: the matter isn't for this kind of applicant.
    :raises RealnameLevelError: the matter asks for a higher level of identity proof.
    :raises IdempotencyConflictError: the key was used for another matter.
    :raises BannedError: false material bars this party from applying for now.
    """
    matter = get_matter(matter_code)
    _check_may_apply(actor, matter.definition)
    check_not_banned(actor.party, matter.definition.base_code, today=civil_day(at))
    fingerprint = digest(canonical_json({"matter": matter_code}))
    if idempotency_key and (earlier := _find_earlier(actor, idempotency_key, fingerprint)):
        return earlier
    answers = prefill_answers(matter.definition, known_sources(actor=actor, case="", at=at))
    number = case_number(matter.definition.region_code, civil_day(at).year, next_sequence("case"))
    try:
        with transaction():
            if idempotency_key:
                _keep_key(actor, idempotency_key, fingerprint, number, at)
            _open_draft(actor, matter, number, answers, at)
    except IntegrityError:
        # The same request came twice at once; the first one's draft is the answer to both.
        if idempotency_key and (earlier := _find_earlier(actor, idempotency_key, fingerprint)):
            return earlier
        raise
    return number


def _check_may_apply(actor: Actor, definition: MatterDefinition) -> None:
    kind = split_ref(actor.party)[0]
    fits = definition.target is Target.BOTH or definition.target == kind
    if kind not in {"person", "company"} or not fits:
        raise NotYourSeatError(
            "这个事项由企业申请，请先切换到企业身份。"
            if kind == "person"
            else "这个事项由个人申请，请先切换到个人身份。",
        )
    if actor.realname_level < definition.realname_level:
        raise RealnameLevelError(
            f"办理这个事项需要实名等级 {definition.realname_level}，您现在是 {actor.realname_level}。"
            "请在“我的资料”重新核验，或者携带身份证到政务服务窗口核验。",
            required=definition.realname_level,
        )


def _find_earlier(actor: Actor, key: str, fingerprint: str) -> str:
    earlier = IdempotencyKey.objects.filter(party=actor.party, key=key).first()
    if earlier is None:
        return ""
    if earlier.fingerprint != fingerprint:
        raise IdempotencyConflictError("这个幂等键已经用于另一个请求。")
    return earlier.case_number


def _keep_key(actor: Actor, key: str, fingerprint: str, number: str, at: datetime) -> None:
    with savepoint():
        IdempotencyKey.objects.create(
            party=actor.party,
            key=key,
            fingerprint=fingerprint,
            case_number=number,
            made_at=at,
        )


@transaction_required
def _open_draft(
    actor: Actor,
    matter: PublishedMatter,
    number: str,
    answers: Mapping[str, Any],
    at: datetime,
) -> None:
    definition = matter.definition
    fact = e.CaseStarted(
        case=number,
        frame=definition.frame,
        matter=matter.code,
        matter_version=matter.version,
        organ=definition.organ,
        party=actor.party,
    )
    head = append_events(
        stream=f"case:{number}",
        head=GENESIS,
        events=[NewEvent(fact.topic, payload(fact), fact.version)],
        at=at,
        effective_on=civil_day(at),
        by=actor.ref,
        on_behalf_of=actor.on_behalf_of,
    )
    row = Case.objects.create(
        number=number,
        party=actor.party,
        party_label=party_label(actor),
        created_by=actor.ref,
        organ_id=organ_pk(definition.organ),
        organ_code=definition.organ,
        region_code=definition.region_code,
        matter_version_id=matter.version_id,
        matter_code=matter.code,
        matter_name=definition.name,
        frame=definition.frame,
        state=State.DRAFT,
        snapshot=write_snapshot(start(fact)),
        seq=head.seq,
        digest=head.digest,
        started_at=at,
    )
    CaseForm.objects.create(
        case=row,
        answers=seal_answers(actor.party, answers),
        saved_at=at,
        salt=secrets.token_hex(16),
    )
    publish(fact)


def save_answers(
    *,
    actor: Actor,
    number: str,
    answers: Mapping[str, Any],
    at: datetime,
    revision: int | None = None,
) -> int:
    """Keep what was typed, right or wrong, and return the form's new revision.

    Answers to fields that the form doesn't have are dropped; locked fields keep what is known.
    `revision` is the one the writer saw; None overwrites whatever is there.

    :raises StaleDraftError: it was saved elsewhere meanwhile.
    :raises MoveNotAllowedError: the application has been submitted.
    """
    with transaction():
        locked = lock_own(actor, number)
        _check_open_for_writing(locked)
        form = CaseForm.objects.get(case=locked.row)
        if revision is not None and revision != form.revision:
            raise StaleDraftError("这份草稿刚在别处保存过，请先看看最新内容再继续。", revision=form.revision)
        kept = answers_of(locked.row, form)
        open_fields = {
            field.name for field in locked.definition.fields if not (field.locked and field.name in kept)
        }
        typed = normalise_answers(locked.definition, answers)
        changes = {name: value for name, value in typed.items() if name in open_fields}
        changed = frozenset(name for name, value in changes.items() if kept.get(name) != value)
        _drop_outdated(locked, changed, actor, at)
        kept.update(changes)
        form.answers = seal_answers(locked.row.party, kept)
        form.revision += 1
        form.saved_at = at
        form.save(update_fields=["answers", "revision", "saved_at"])
        return form.revision


@transaction_required
def _drop_outdated(locked: OpenedCase, changed: frozenset[str], actor: Actor, at: datetime) -> None:
    """Take out what was found, checked or confirmed for other answers: it proves nothing for these."""
    if not changed:
        return
    locked.row.checks.all().delete()
    slots = [item.slot for item in locked.definition.materials if changed & answers_behind(item)]
    locked.row.confirmations.filter(slot__in=slots, state="asked").update(state="cancelled")
    for held in locked.state.materials:
        if held.slot in slots and held.kind in {MaterialKind.REGISTER, MaterialKind.CONFIRMATION}:
            command = c.RemoveMaterial(slot=held.slot, key=held.key)
            locked = act(locked, command, make_context(locked, actor, at), actor)
            locked.row.materials.filter(key=held.key).update(removed_at=at)


def choose_delivery(*, actor: Actor, number: str, way: DeliveryChannel, at: datetime) -> None:
    """Keep how the applicant wants the result.

    :raises MoveNotAllowedError: the matter doesn't offer this way, or the application was submitted.
    """
    del at
    with transaction():
        locked = lock_own(actor, number)
        _check_open_for_writing(locked)
        if way not in locked.definition.delivery:
            raise MoveNotAllowedError(
                state=locked.state.state, act=Act.PREPARE, message="这个事项不提供这种领取方式。"
            )
        CaseForm.objects.filter(case=locked.row).update(delivery=way)


def discard_draft(*, actor: Actor, number: str, at: datetime) -> None:
    """Give a draft up and erase what was written in it.

    :raises MoveNotAllowedError: it is no draft any more.
    """
    with transaction():
        locked = lock_own(actor, number)
        after = act(locked, c.Discard(), make_context(locked, actor, at), actor)
        _erase(after.row)


@transaction_required
def _erase(row: Case) -> None:
    CaseForm.objects.filter(case=row).update(answers=seal_answers(row.party, {}), address=b"", delivery="")
    # A licence's own file stays: the case only pointed to it.
    own = row.materials.exclude(file_id="").exclude(kind=MaterialKind.LICENCE)
    for file_id in own.values_list("file_id", flat=True):
        discard_file(file_id=file_id)
    for written in (row.materials, row.confirmations, row.checks, row.lookups):
        written.all().delete()


@transaction_required
def lock_own(actor: Actor, number: str) -> OpenedCase:
    """Return the actor's own case, locked.

    :raises UnknownCaseError: there is none, or it is somebody else's; the two look the same.
    """
    locked = lock_case(number)
    if locked.row.party != actor.party:
        raise UnknownCaseError
    return locked


def seal_answers(party: str, answers: Mapping[str, Any]) -> bytes:
    """Return the answers as a row keeps them.

    :raises AnswersTooLargeError: they are larger than any form needs.
    """
    text = orjson.dumps(dict(answers), option=orjson.OPT_SORT_KEYS)
    if len(text) > MAX_ANSWERS_BYTES:
        raise AnswersTooLargeError("填写的内容太多了，请精简后再保存。", limit=MAX_ANSWERS_BYTES)
    return seal(subject=party, text=text.decode())


def _check_open_for_writing(locked: OpenedCase) -> None:
    if locked.state.state not in {State.DRAFT, State.CORRECTION}:
        raise MoveNotAllowedError(
            state=locked.state.state,
            act=Act.PREPARE,
            message="申请已经提交，现在不能修改。",
        )
