"""From the decision to the door: number, signed result, dispatch, service, closing."""

from datetime import datetime
from typing import Final

import orjson

from suban.cases.errors import DeliveryAddressMissingError, MoveNotAllowedError, NotDispatchedYetError
from suban.cases.models import CaseForm
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, make_context, open_any
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import add_months
from suban.cases.rules.endings import ENDED, PAPERS
from suban.cases.rules.engine import decide
from suban.cases.rules.letters import ADVERSE_KINDS
from suban.cases.services.acting import act, lock_case
from suban.cases.services.drafts import lock_own
from suban.cases.services.given import read_given_result
from suban.cases.types import Act, State
from suban.catalogue.rules import format_number, licence_face, number_year
from suban.catalogue.types import DeliveryChannel
from suban.delivery.services import order_parcel
from suban.delivery.types import ParcelAddress
from suban.foundation.services.numbering import next_gapless
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import transaction, transaction_required
from suban.identity.queries import get_display_name, get_organ, recheck
from suban.identity.types import SYSTEM, Actor
from suban.kernel.clock import civil_day
from suban.kernel.references import make_ref
from suban.licences.services import issue_licence
from suban.licences.types import LicenceRequest

_SENT_OR_ENDED: Final = frozenset(
    {State.DISPATCHED, State.SERVED, State.CLOSED, State.WITHDRAWN, State.DISCARDED},
)


@transaction_required
def draw_result_number(locked: OpenedCase, at: datetime) -> str:
    """Return the number of the result, drawn once per case without gaps, and keep it on the row (unsaved)."""
    row = locked.row
    if not row.result_number:
        result = locked.definition.result
        today = civil_day(at)
        year = number_year(result.number_pattern, today)
        serial = next_gapless(organ=row.organ_code, kind=result.number_kind, year=year)
        row.result_number = format_number(
            result.number_pattern,
            serial=serial,
            on=today,
            region=row.region_code,
            answers=answers_of(row, row.form),
        )
    return row.result_number


def issue_result(*, number: str, at: datetime) -> None:
    """Make the signed result of a granted case or a completed filing, and record it (T28).

    Safe to repeat: number, licence and fact are each made once, whatever was interrupted before.
    """
    with transaction():
        locked = lock_case(number)
        if locked.state.state not in {State.GRANTED, State.FILED}:
            return
        draw_result_number(locked, at)
        locked.row.save(update_fields=["result_number"])
    licence = issue_licence(request=_licence_request(locked), at=at)
    with transaction():
        locked = lock_case(number)
        if locked.state.state not in {State.GRANTED, State.FILED}:
            return
        command = c.Issue(result=make_ref("licence", licence))
        after = act(locked, command, make_context(locked, SYSTEM, at), SYSTEM)
        _serve_if_electronic(after, at)


def _licence_request(locked: OpenedCase) -> LicenceRequest:
    row, state, result = locked.row, locked.state, locked.definition.result
    if state.decided_on is None:
        raise ValueError("a case without a decision has no result")
    issued_on = state.decided_on
    expires_on = add_months(issued_on, 12 * result.validity_years) if result.validity_years else None
    given = read_given_result(row)
    if given.expires_on:
        expires_on = given.expires_on
    answers = answers_of(row, row.form)
    organ = get_organ(row.organ_code)
    sources = {
        "answers": answers,
        "result": {
            **given.face,
            "number": row.result_number,
            "issued_on": issued_on.isoformat(),
            "expires_on": expires_on.isoformat() if expires_on else "长期",
        },
        "organ": {"name": organ.name, "uscc": organ.uscc},
        "case": {"number": row.number, "official_number": row.official_number},
    }
    return LicenceRequest(
        case=make_ref("case", row.number),
        holder=state.party,
        holder_name=get_display_name(state.party),
        type_code=result.type_code,
        type_name=result.name,
        issuer=row.organ_code,
        issuer_name=organ.name,
        serial=row.result_number,
        face=licence_face(locked.definition, sources),
        issued_on=issued_on,
        expires_on=expires_on,
    )


@transaction_required
def _serve_if_electronic(locked: OpenedCase, at: datetime) -> None:
    # The applicant chose electronic service and consented when submitting: it is served when it enters
    # the applicant's own space (电子签名法第11条).
    if locked.state.delivery is not DeliveryChannel.ELECTRONIC:
        return
    command = c.Serve(served_at=at, served_on=civil_day(at), capacity="electronic", parcel="")
    served = act(locked, command, make_context(locked, SYSTEM, at), SYSTEM)
    act(served, c.Close(), make_context(served, SYSTEM, at), SYSTEM)


def serve_refusal(*, number: str, at: datetime) -> None:
    """Serve a refusal, or another adverse end, electronically once its letter is there (T30)."""
    with transaction():
        locked = lock_case(number)
        chosen = locked.state.delivery is DeliveryChannel.ELECTRONIC
        if locked.state.state not in {State.REFUSED, *ENDED} or not chosen:
            return
        if locked.row.letters.filter(kind__in=ADVERSE_KINDS).exclude(file_id="").exists():
            _serve_if_electronic(locked, at)


def set_delivery_address(*, actor: Actor, number: str, address: ParcelAddress, at: datetime) -> None:
    """Keep where the applicant wants the result sent; open until it is sent.

    :raises MoveNotAllowedError: it is on its way already, or nothing will be sent any more.
    """
    del at
    with transaction():
        locked = lock_own(actor, number)
        if locked.state.state in _SENT_OR_ENDED:
            raise MoveNotAllowedError(
                state=locked.state.state, act=Act.PREPARE, message="结果已经寄出，不能再改邮寄地址。"
            )
        text = orjson.dumps(
            {"name": address.name, "phone": address.phone, "address": address.address}
        ).decode()
        CaseForm.objects.filter(case=locked.row).update(address=seal(subject=locked.row.party, text=text))


def read_delivery_address(locked: OpenedCase) -> ParcelAddress | None:
    """Return where the result goes, or None while nobody said."""
    sealed = bytes(locked.row.form.address)
    return ParcelAddress(**orjson.loads(unseal(subject=locked.row.party, sealed=sealed))) if sealed else None


def dispatch_result(*, actor: Actor, number: str, at: datetime) -> str:
    """Hand the printed result to the carrier, or lay it ready at the window (T29).

    Returns the parcel's id; empty for pick-up.

    :raises DeliveryAddressMissingError: nobody said where to.
    """
    actor = recheck(actor)
    case = open_any(number)
    way = case.state.delivery or DeliveryChannel.PICKUP
    # Whoever may not dispatch, or comes too late, must not set a parcel going.
    decide(case.state, c.Dispatch(way=way, parcel=""), make_context(case, actor, at))
    parcel = _order(case, at) if way is DeliveryChannel.POST else ""
    with transaction():
        locked = lock_case(number)
        act(locked, c.Dispatch(way=way, parcel=parcel), make_context(locked, actor, at), actor)
    return parcel


def _order(case: OpenedCase, at: datetime) -> str:
    address = read_delivery_address(case)
    if address is None:
        raise DeliveryAddressMissingError("申请人没有留下邮寄地址，请联系申请人补充。")
    what = case.definition.result.name if case.state.granted is not False else "不予行政许可决定书"
    if case.state.ending:
        what = PAPERS[case.state.ending.kind]
    return order_parcel(
        case=make_ref("case", case.row.number),
        party=case.row.party,
        purpose=f"result-{case.state.state}-{case.row.seq}",
        sender_organ=case.row.organ_code,
        recipient=address,
        contents=what,
        at=at,
    )


def hand_over_result(*, actor: Actor, number: str, capacity: str, at: datetime) -> None:
    """Record that the addressee, or someone authorised, took the result at the window (T30).

    :raises MoveNotAllowedError: it isn't ready, or the recipient may not receive it.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        command = c.Serve(served_at=at, served_on=civil_day(at), capacity=capacity, parcel="")
        act(locked, command, make_context(locked, actor, at), actor)


def record_parcel_signed(
    *, number: str, parcel: str, signed_at: datetime, capacity: str, at: datetime
) -> None:
    """Take the carrier's word that a parcel was signed for; a locker or neighbour serves nobody."""
    if capacity not in {"addressee", "authorised"}:
        return
    with transaction():
        locked = lock_case(number)
        if locked.state.state in {State.ISSUED, State.REFUSED, *ENDED}:
            # The carrier was faster than the act of dispatch: told again later, it will be believed.
            raise NotDispatchedYetError("结果还没有登记交寄，稍后再记录签收。", parcel=parcel)
        if locked.state.state is not State.DISPATCHED or locked.state.parcel != parcel:
            return
        command = c.Serve(
            served_at=signed_at,
            served_on=civil_day(signed_at),
            capacity=capacity,
            parcel=parcel,
        )
        act(locked, command, make_context(locked, SYSTEM, at), SYSTEM)


def record_parcel_returned(*, number: str, parcel: str, why: str, at: datetime) -> None:
    """Open the delivery again when a parcel came back."""
    with transaction():
        locked = lock_case(number)
        if locked.state.state is not State.DISPATCHED or locked.state.parcel != parcel:
            return
        act(locked, c.FailDelivery(parcel=parcel, why=why), make_context(locked, SYSTEM, at), SYSTEM)


def close_case(*, number: str, at: datetime) -> None:
    """Publish the decision and put the file away (T31)."""
    with transaction():
        locked = lock_case(number)
        if locked.state.state is State.SERVED:
            act(locked, c.Close(), make_context(locked, SYSTEM, at), SYSTEM)
