"""Making a licence: numbered in one short transaction, drawn and signed in none, saved in another.

A worker that is killed anywhere in between leaves a licence in preparation. The next try finds it by its
case and goes on with the same number, the same identifier and the very request that was kept.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Final

import segno
from django.conf import settings
from django.db import IntegrityError
from pydantic import TypeAdapter

from suban.foundation.errors import StreamMovedError
from suban.foundation.ports import DocumentTemplate, document_renderer
from suban.foundation.services.evidence import append_events
from suban.foundation.services.files import discard_file, keep_file, store_file
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import transaction
from suban.foundation.types import GENESIS, ChainHead, NewEvent
from suban.identity.types import SYSTEM
from suban.kernel.canonical import canonical_json, digest
from suban.kernel.clock import civil_day
from suban.licences import ports
from suban.licences.errors import SerialTakenError
from suban.licences.events import LicenceIssued
from suban.licences.models import Licence
from suban.licences.queries.drawing import get_seal_drawing
from suban.licences.rules.codes import attachment_bytes, claim_bytes, encode_code, signed_bytes, verify_url
from suban.licences.rules.faces import chinese_date, face_data, public_name, refuse_identity_numbers
from suban.licences.rules.numbers import FIRST_VERSION, identifier_serial, make_identifier, next_version
from suban.licences.rules.statuses import Act
from suban.licences.services.seals import open_seal
from suban.licences.services.statuses import change_status
from suban.licences.types import LICENCE_MEDIA_TYPE, Claim, CodeKey, LicenceRequest, SigningKey, Stage, Status

TEMPLATE_VERSION: Final = 1
MARK: Final = "电子证照"
DEMO_MARK: Final = "演示证照·不具法律效力"
LARGEST_PAGE: Final = 5 * 1024 * 1024
_request: Final = TypeAdapter(LicenceRequest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signed:
    """A licence as it leaves the press: the page, and the code that its QR carries."""

    page: bytes
    code: str


def issue_licence(*, request: LicenceRequest, at: datetime) -> str:
    """Issue the licence of a case and return its id (the identifier of GB/T 36904).

    Safe to repeat: a case has one licence, whatever was interrupted before.

    :raises SealMissingError: the organ has no seal in force; nothing was numbered.
    :raises IdentityNumberOnFaceError: an identity number would stand on the face.
    :raises SerialTakenError: another case's licence has this number.
    """
    row = Licence.objects.filter(case=request.case).first()
    if row is not None and row.stage == Stage.ISSUED:
        return row.identifier
    page_key, code_key = open_seal(request.issuer, at=at)
    if row is None:
        refuse_identity_numbers(request.face)
        row = _prepare(request, at)
    kept = _request.validate_json(unseal(subject=row.holder, sealed=bytes(row.request_sealed)))
    signed = sign_licence(row=row, request=kept, page_key=page_key, code_key=code_key)
    stored = store_file(
        content=[signed.page],
        name=f"{row.type_name}-{row.number}.pdf",
        subject=row.holder,
        allow=frozenset({LICENCE_MEDIA_TYPE}),
        limit=LARGEST_PAGE,
        expected_size=len(signed.page),
        at=at,
    )
    _finish(row.pk, signed, file_id=stored.id, key_id=page_key.key_id, at=at)
    return row.identifier


def _prepare(request: LicenceRequest, at: datetime) -> Licence:
    """Give the licence its identifier and keep the request."""
    serial, version = _next_of(request)
    identifier = make_identifier(
        type_code=request.type_code,
        issuer=request.issuer,
        serial=serial,
        version=version,
    )
    row = Licence(
        identifier=identifier,
        case=request.case,
        holder=request.holder,
        type_code=request.type_code,
        type_name=request.type_name,
        number=request.serial,
        serial=serial,
        version=version,
        issuer=request.issuer,
        issuer_name=request.issuer_name,
        request_sealed=seal(subject=request.holder, text=_request.dump_json(request).decode()),
        stage=Stage.PREPARING,
        status=Status.VALID,
        status_at=at,
        issued_on=request.issued_on,
        expires_on=request.expires_on,
        previous=request.previous,
        prepared_at=at,
    )
    try:
        with transaction():
            head = append_events(
                stream=f"licence:{identifier}",
                head=GENESIS,
                events=[_numbered(row)],
                at=at,
                effective_on=civil_day(at),
                by=SYSTEM.ref,
            )
            row.seq, row.digest = head.seq, head.digest
            row.save(force_insert=True)
    except (IntegrityError, StreamMovedError):
        # Another worker numbers the same case at this moment; its row is the one.
        known = Licence.objects.filter(case=request.case).first()
        if known is None:
            refusal = SerialTakenError("该证书编号已用于另一证照，请检查编号规则。", number=request.serial)
            raise refusal from None
        return known
    return row


def _next_of(request: LicenceRequest) -> tuple[str, str]:
    """Return serial and version: a licence that replaces another keeps its serial."""
    if request.previous:
        before = Licence.objects.filter(identifier=request.previous, holder=request.holder).first()
        if before is not None and (before.type_code, before.issuer) == (request.type_code, request.issuer):
            return before.serial, next_version(before.version)
    return identifier_serial(request.serial), FIRST_VERSION


def sign_licence(
    *,
    row: Licence,
    request: LicenceRequest,
    page_key: SigningKey,
    code_key: CodeKey,
) -> _Signed:
    """Draw and sign the page. Everything in it comes from the row, so that a retry draws the same."""
    day = civil_day(row.prepared_at)
    claim = Claim(
        identifier=row.identifier,
        type_name=row.type_name,
        holder=public_name(row.holder, request.holder_name),
        issuer_name=row.issuer_name,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        signed_on=day,
        key_id=code_key.key_id,
    )
    facts = claim_bytes(claim)
    signature = ports.code_signer.get().sign(signed_bytes(row.identifier, facts), code_key.private)
    code = encode_code(facts, signature)
    url = verify_url(settings.SUBAN.public_url, row.identifier, code)
    drawing = {
        **face_data(request, number=row.number, identifier=row.identifier),
        "mark": DEMO_MARK if settings.SUBAN.demo else MARK,
        "signed_on": chinese_date(day),
        "qr": _qr(url),
        "attachment": attachment_bytes(row.identifier, code, url).decode(),
    }
    page = document_renderer.get().render(template=_template(), data=drawing, at=row.prepared_at)
    signed = ports.page_signer.get().sign(
        page,
        key=page_key,
        name=row.issuer_name,
        reason=f"签发{row.type_name}",
        location=row.identifier,
    )
    return _Signed(page=signed, code=code)


def _finish(pk: int, signed: _Signed, *, file_id: str, key_id: str, at: datetime) -> None:
    """Save what was signed, unless another worker was faster."""
    with transaction():
        row = Licence.objects.select_for_update(no_key=True).get(pk=pk)
        if row.stage == Stage.ISSUED:
            discard_file(file_id=file_id)
            return
        keep_file(file_id=file_id)
        fact = NewEvent(
            "licence.issued",
            {"case": row.case, "file": file_id, "page": digest(signed.page), "key": key_id},
        )
        head = append_events(
            stream=f"licence:{row.identifier}",
            head=ChainHead(row.seq, row.digest),
            events=[fact],
            at=at,
            effective_on=civil_day(at),
            by=SYSTEM.ref,
        )
        row.stage, row.issued_at, row.status_at = Stage.ISSUED, at, at
        row.file_id, row.code = file_id, signed.code
        row.seq, row.digest = head.seq, head.digest
        row.save(update_fields=["stage", "issued_at", "status_at", "file_id", "code", "seq", "digest"])
        if row.previous:
            _replace(row.previous, holder=row.holder, by_licence=row.identifier, at=at)
        publish(LicenceIssued(case=row.case, licence_id=row.identifier, file_id=file_id))


def _replace(previous: str, *, holder: str, by_licence: str, at: datetime) -> None:
    """Let the licence before this one lapse."""
    before = Licence.objects.select_for_update(no_key=True).filter(identifier=previous, holder=holder).first()
    if before is not None and before.status in {Status.VALID, Status.SUSPENDED}:
        change_status(before, Act.REPLACE, ground=f"由{by_licence}替换", by=SYSTEM.ref, at=at)


def _numbered(row: Licence) -> NewEvent:
    return NewEvent(
        "licence.numbered",
        {
            "case": row.case,
            "type_code": row.type_code,
            "number": row.number,
            "issuer": row.issuer,
            "issued_on": row.issued_on.isoformat(),
            "expires_on": row.expires_on.isoformat() if row.expires_on else "",
            "previous": row.previous,
            "request": digest(canonical_json(bytes(row.request_sealed).hex())),
        },
    )


def _qr(url: str) -> str:
    # Trying all eight masks costs 17 ms; a signature is random enough for any of them.
    symbol = segno.make(url, error="m", mask=3, micro=False, boost_error=False)
    drawn: str = symbol.svg_inline(border=0, omitsize=True)
    return drawn


@lru_cache(maxsize=1)
def _template() -> DocumentTemplate:
    source = files("suban.licences").joinpath("templates_typ/licence.typ").read_text(encoding="utf-8")
    return DocumentTemplate(
        name="licences.licence", version=TEMPLATE_VERSION, source=get_seal_drawing() + source
    )
