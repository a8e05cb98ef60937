"""Reading licences: one's own, one's organ's, the public half, what is held for the next case."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Q
from pydantic import TypeAdapter

from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import unseal
from suban.identity.types import Actor, Role
from suban.kernel.clock import civil_day
from suban.licences.errors import UnknownLicenceError
from suban.licences.models import Licence
from suban.licences.ports import case_matters
from suban.licences.rules.codes import verify_url
from suban.licences.rules.faces import public_name
from suban.licences.rules.statuses import status_on
from suban.licences.types import (
    HeldLicence,
    LicenceLine,
    LicenceRequest,
    LicenceView,
    PublicLicence,
    Stage,
    Status,
)

PAGE: Final = 50
_HANDLING_ROLES: Final = (Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER, Role.DISPATCHER)
_request: Final = TypeAdapter(LicenceRequest)


def get_licence_for(actor: Actor, licence_id: str, *, at: datetime, purpose: str = "查看证照") -> LicenceView:
    """Return a licence to its holder or to those of the issuing organ who handle its matter, written down.

    :raises UnknownLicenceError: there is none, or the asker has no part in it.
    """
    row = _issued(licence_id)
    if not (actor.party == row.holder or actor.is_system or _handles(actor, row)):
        raise _unknown(licence_id)
    if actor.party != row.holder:
        record_read(
            subject=row.holder,
            by=actor.ref,
            purpose=purpose,
            what=("证照照面",),
            case=row.case,
            at=at,
        )
    return _view(row, at)


def get_licence_of_case(actor: Actor, case: str, *, at: datetime) -> LicenceView | None:
    """Return the licence that came out of a case, to those who may see it; None while there is none.

    :raises UnknownLicenceError: it isn't the asker's.
    """
    identifier = (
        Licence.objects.filter(case=case, stage=Stage.ISSUED).values_list("identifier", flat=True).first()
    )
    return get_licence_for(actor, identifier, at=at) if identifier else None


def list_licences_of(party: str, *, at: datetime, cursor: int = 0) -> list[LicenceLine]:
    """Return a party's licences, newest first, a page at a time; `cursor` is the last line's."""
    rows = Licence.objects.filter(holder=party, stage=Stage.ISSUED).order_by("-id")
    if cursor:
        rows = rows.filter(id__lt=cursor)
    return [
        LicenceLine(
            id=row.identifier,
            cursor=row.pk,
            type_name=row.type_name,
            number=row.number,
            issuer_name=row.issuer_name,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            status=status_on(Status(row.status), row.expires_on, civil_day(at)),
            file_id=row.file_id,
        )
        for row in rows[:PAGE]
    ]


def get_public_licence(licence_id: str, *, at: datetime) -> PublicLicence:
    """Return what anybody may know who has the identifier.

    :raises UnknownLicenceError: no licence has it.
    """
    row = _issued(licence_id)
    return PublicLicence(
        id=row.identifier,
        type_name=row.type_name,
        number=row.number,
        holder=public_name(row.holder, _opened(row).holder_name),
        issuer_name=row.issuer_name,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        status=status_on(Status(row.status), row.expires_on, civil_day(at)),
        status_as_of=at,
    )


def find_held(party: str, type_codes: Collection[str], *, at: datetime) -> HeldLicence | None:
    """Return the party's newest licence in force of one of these types: it is never asked for again."""
    day = civil_day(at)
    row = (
        Licence.objects.filter(
            holder=party, stage=Stage.ISSUED, type_code__in=type_codes, status=Status.VALID
        )
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))
        .order_by("-id")
        .first()
    )
    if row is None:
        return None
    return HeldLicence(
        licence_id=row.identifier,
        type_code=row.type_code,
        type_name=row.type_name,
        number=row.number,
        issuer_name=row.issuer_name,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        file_id=row.file_id,
        source=f"电子证照库（{row.issuer_name}签发）",
        as_of=at,
    )


def _handles(actor: Actor, row: Licence) -> bool:
    roles = [role for role in _HANDLING_ROLES if actor.may(role, row.issuer)]
    if not roles:
        return False
    # A grant for some matters doesn't open the licences of others; nor of cases that nobody knows.
    matter = case_matters.get().find_matter(row.case) or ""
    return any(actor.may(role, row.issuer, matter) for role in roles)


def _issued(licence_id: str) -> Licence:
    row = Licence.objects.filter(identifier=licence_id, stage=Stage.ISSUED).first()
    if row is None:
        raise _unknown(licence_id)
    return row


def _unknown(licence_id: str) -> UnknownLicenceError:
    return UnknownLicenceError("没有这本证照，请核对标识。", licence=licence_id)


def _opened(row: Licence) -> LicenceRequest:
    return _request.validate_json(unseal(subject=row.holder, sealed=bytes(row.request_sealed)))


def _view(row: Licence, at: datetime) -> LicenceView:
    request = _opened(row)
    return LicenceView(
        id=row.identifier,
        type_name=row.type_name,
        type_code=row.type_code,
        number=row.number,
        version=row.version,
        holder=row.holder,
        holder_name=request.holder_name,
        issuer=row.issuer,
        issuer_name=row.issuer_name,
        face=dict(request.face),
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        status=status_on(Status(row.status), row.expires_on, civil_day(at)),
        status_since=row.status_at,
        case=row.case,
        file_id=row.file_id,
        code=row.code,
        verify_url=verify_url(settings.SUBAN.public_url, row.identifier, row.code),
    )
