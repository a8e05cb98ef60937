"""Putting materials into the file: uploads, what registers and licences hold, promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import orjson

from suban.cases.errors import MaterialRouteError, NotHeldError, UnknownSlotError
from suban.cases.models import CaseLookup, CaseMaterial
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, make_context, open_own
from suban.cases.rules import commands as c
from suban.cases.rules.materials import FetchedMaterial
from suban.cases.services.acting import act
from suban.cases.services.drafts import lock_own
from suban.cases.services.facts import Sources, known_sources
from suban.cases.types import MaterialKind, State, Upload
from suban.catalogue.rules import lookup_query, record_mismatches
from suban.catalogue.types import Material, MatterDefinition, RegisterLookup, Trust
from suban.exchange.errors import RegisterDownError
from suban.exchange.services import look_up
from suban.exchange.types import HeldRecord
from suban.foundation.services.files import discard_file, keep_file, store_file
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction, transaction_required
from suban.identity.types import Actor
from suban.kernel.canonical import canonical_json, digest
from suban.kernel.errors import DomainError
from suban.kernel.references import make_ref, new_id
from suban.licences.queries import find_held


def find_slot(definition: MatterDefinition, slot: str) -> Material:
    """Return the material of `slot`.

    :raises UnknownSlotError: the matter asks for no such thing.
    """
    material = definition.find_material(slot)
    if material is None:
        raise UnknownSlotError("这个事项不需要这份材料。", slot=slot)
    return material


def attach_material(
    *,
    actor: Actor,
    number: str,
    slot: str,
    upload: Upload,
    limit: int,
    at: datetime,
) -> str:
    """Store an upload in its slot and return the material's key.

    A slot for one file replaces what was there; a slot for several adds.

    :raises MaterialRouteError: this material isn't given by uploading, or the slot is full.
    :raises DomainError: the file is too large, of another kind than it says, cut off or infected.
    """
    case = open_own(actor, number)
    material = find_slot(case.definition, slot)
    if material.generated:
        raise MaterialRouteError("这份材料由您填写的内容生成，不需要上传。", slot=slot)
    stored = store_file(
        content=upload.content,
        name=upload.name,
        subject=case.row.party,
        allow=frozenset(material.media_types),
        limit=limit,
        expected_size=upload.expected_size,
        at=at,
    )
    row = CaseMaterial(
        slot=slot,
        key=new_id(),
        kind=MaterialKind.UPLOAD,
        level=Trust.VERIFIED if upload.original_seen and actor.is_staff else Trust.UPLOADED,
        file_id=stored.id,
        name=stored.name,
        size=stored.size,
        media_type=stored.media_type,
        digest=stored.digest,
        source=upload.source,
        obtained_at=at,
    )
    try:
        _put_upload(row, actor=actor, number=number, most=material.max_count, at=at)
    except DomainError:
        discard_file(file_id=stored.id)
        raise
    return row.key


def _put_upload(row: CaseMaterial, *, actor: Actor, number: str, most: int, at: datetime) -> None:
    with transaction():
        locked = lock_own(actor, number)
        held = [(kept.key, kept.kind) for kept in locked.state.materials if kept.slot == row.slot]
        replaces = _replaced(held_kinds=held, most=most, slot=row.slot)
        put_material(locked, row, actor=actor, at=at, replaces=replaces)


def _replaced(*, held_kinds: Sequence[tuple[str, str]], most: int, slot: str) -> tuple[str, ...]:
    uploads = [key for key, kind in held_kinds if kind == MaterialKind.UPLOAD]
    others = tuple(key for key, kind in held_kinds if kind != MaterialKind.UPLOAD)
    if most == 1:
        return (*others, *uploads)
    if len(uploads) >= most:
        raise MaterialRouteError(f"这份材料最多上传 {most} 个文件，请先删除一个。", slot=slot)
    return others


@transaction_required
def put_material(
    locked: OpenedCase,
    row: CaseMaterial,
    *,
    actor: Actor,
    at: datetime,
    replaces: tuple[str, ...] = (),
    witness: bool = False,
) -> OpenedCase:
    """Record a material in chain and file; what it replaces is taken out.

    A `witness` isn't the applicant but was asked by the applicant to add this one material.
    """
    command = c.AddMaterial(
        slot=row.slot,
        key=row.key,
        kind=MaterialKind(row.kind),
        level=Trust(row.level),
        # A plain digest of a short record could be found by trying; the salt stays with the form.
        commitment=digest(f"{locked.row.form.salt}:{row.digest}".encode()),
        source=row.source,
        replaces=replaces,
    )
    context = make_context(locked, actor, at)
    after = act(locked, command, replace(context, is_party=True) if witness else context, actor)
    _take_out(locked, replaces, at)
    if row.file_id:
        keep_file(file_id=row.file_id)
    row.case = locked.row
    row.save(force_insert=True)
    return after


@transaction_required
def _take_out(locked: OpenedCase, keys: tuple[str, ...], at: datetime) -> None:
    """Note that materials are gone; what was in a draft only is really deleted, what an organ got stays."""
    rows = CaseMaterial.objects.filter(case=locked.row, key__in=keys)
    if locked.state.state is State.DRAFT:
        # A licence's own file stays: the case only pointed to it.
        for file_id in (
            rows.exclude(kind=MaterialKind.LICENCE).exclude(file_id="").values_list("file_id", flat=True)
        ):
            discard_file(file_id=file_id)
    rows.update(removed_at=at)


def remove_material(*, actor: Actor, number: str, slot: str, key: str, at: datetime) -> None:
    """Take a material out of the file.

    :raises UnknownSlotError: it isn't there any more.
    """
    with transaction():
        locked = lock_own(actor, number)
        act(locked, c.RemoveMaterial(slot=slot, key=key), make_context(locked, actor, at), actor)
        _take_out(locked, (key,), at)


def promise_material(*, actor: Actor, number: str, slot: str, at: datetime) -> None:
    """Give the applicant's promise in place of the material (告知承诺).

    :raises MaterialRouteError: the matter allows no promise here.
    """
    case = open_own(actor, number)
    material = find_slot(case.definition, slot)
    if not material.promise_allowed:
        raise MaterialRouteError("这份材料不能用承诺代替。", slot=slot)
    row = CaseMaterial(
        slot=slot,
        key=new_id(),
        kind=MaterialKind.PROMISE,
        level=Trust.DECLARED,
        name="承诺书",
        digest=digest(material.promise_text.encode()),
        source="申请人承诺",
        obtained_at=at,
        record=seal(subject=case.row.party, text=material.promise_text),
    )
    with transaction():
        locked = lock_own(actor, number)
        replaces = tuple(kept.key for kept in locked.state.materials if kept.slot == slot)
        put_material(locked, row, actor=actor, at=at, replaces=replaces)


def use_held_material(*, actor: Actor, number: str, slot: str, at: datetime) -> None:
    """Take a material from where it is held already: a register, or one of the party's licences.

    :raises NotHeldError: nobody holds it, or what is held is somebody else's.
    :raises RegisterDownError: the register can't be reached now; the applicant may upload instead.
    """
    case = open_own(actor, number)
    material = find_slot(case.definition, slot)
    try:
        fetched = _from_licence(case, material, at) or _from_registers(case, material, actor, at)
    except RegisterDownError as down:
        _keep_lookup(case, slot, "down", str(down.fields.get("source", "")) or "数据共享", at)
        raise
    if fetched is None:
        _keep_lookup(case, slot, "not_held", "数据共享", at)
        raise NotHeldError("没有查到这份材料，请上传。", slot=slot)
    _keep_lookup(case, slot, "held", fetched.source, at)
    row = CaseMaterial(
        slot=slot,
        key=new_id(),
        kind=fetched.kind,
        level=Trust.ISSUED,
        file_id=fetched.file_id,
        name=fetched.name,
        digest=digest(canonical_json(fetched.record)),
        source=fetched.source[:200],
        obtained_at=fetched.fetched_at,
        record=seal(subject=case.row.party, text=orjson.dumps(fetched.record).decode()),
    )
    with transaction():
        locked = lock_own(actor, number)
        replaces = tuple(kept.key for kept in locked.state.materials if kept.slot == slot)
        put_material(locked, row, actor=actor, at=at, replaces=replaces)


def collect_held_materials(*, actor: Actor, number: str, at: datetime) -> dict[str, str]:
    """Ask for everything that may be held and isn't in the file yet; return the outcome per slot.

    A register that is down or knows nothing leaves the slot open for an upload.
    """
    case = open_own(actor, number)
    present = {held.slot for held in case.state.materials}
    outcomes: dict[str, str] = {}
    for material in case.definition.materials:
        if material.slot in present or not (material.registers or material.licence_types):
            continue
        try:
            use_held_material(actor=actor, number=number, slot=material.slot, at=at)
            outcomes[material.slot] = "held"
        except RegisterDownError:
            outcomes[material.slot] = "down"
        except NotHeldError:
            outcomes[material.slot] = "not_held"
    return outcomes


def _keep_lookup(case: OpenedCase, slot: str, outcome: str, source: str, at: datetime) -> None:
    with transaction():
        CaseLookup.objects.update_or_create(
            case=case.row,
            slot=slot,
            defaults={"outcome": outcome, "source": source[:200], "asked_at": at},
        )


def _from_licence(case: OpenedCase, material: Material, at: datetime) -> FetchedMaterial | None:
    if not material.licence_types:
        return None
    held = find_held(party=case.row.party, type_codes=material.licence_types, at=at)
    if held is None:
        return None
    return FetchedMaterial(
        kind=MaterialKind.LICENCE,
        name=held.type_name,
        source=f"电子证照 {held.licence_id}",
        fetched_at=at,
        file_id=held.file_id,
        record={"licence": held.licence_id, "name": held.type_name},
    )


def _from_registers(
    case: OpenedCase,
    material: Material,
    actor: Actor,
    at: datetime,
) -> FetchedMaterial | None:
    if not material.registers:
        return None
    sources = sources_of(case, actor=actor, at=at)
    records = []
    for lookup in material.registers:
        record = ask_register(case, lookup, sources=sources, actor=actor, at=at)
        if record is None:
            return None
        records.append((lookup, record))
    return FetchedMaterial(
        kind=MaterialKind.REGISTER,
        name="、".join(lookup.title for lookup, _ in records),
        source="、".join(dict.fromkeys(record.source for _, record in records)),
        fetched_at=max(record.fetched_at for _, record in records),
        record={lookup.resource: dict(record.data) for lookup, record in records},
    )


def sources_of(case: OpenedCase, *, actor: Actor, at: datetime) -> Sources:
    """Return everything that look-ups and checks may read: the applicant, the company, the answers."""
    answers = answers_of(case.row, case.row.form)
    return {**known_sources(actor=actor, case=case.row.number, at=at), "answers": answers}


def ask_register(
    case: OpenedCase,
    lookup: RegisterLookup,
    *,
    sources: Sources,
    actor: Actor,
    at: datetime,
) -> HeldRecord | None:
    """Return the register's record when there is one and it is this applicant's, else None.

    :raises RegisterDownError: the register can't be reached.
    """
    query = lookup_query(lookup, sources)
    if query is None:
        return None
    record = look_up(
        resource=lookup.resource,
        query=query,
        purpose=case.row.matter_name,
        case=make_ref("case", case.row.number),
        by=actor.ref,
        at=at,
        # What a register says of a company lies under the company's key; of a person, under the person's.
        subject="" if "uscc" in query else case.row.party,
    )
    if record is None or record_mismatches(lookup, record.data, sources):
        return None
    return record
