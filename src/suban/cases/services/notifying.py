"""Telling people: which notice a fact becomes, with which values, and to whom."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from suban.cases import events as e
from suban.cases.queries.assembling import defects_of, texts_of
from suban.cases.queries.opening import OpenedCase, open_any
from suban.cases.rules.deadlines import legal_deadline, promised_deadline
from suban.cases.rules.writing import chinese_day
from suban.cases.types import PROCEDURE_NAMES
from suban.delivery.queries import get_parcel
from suban.identity.queries import get_notice_address
from suban.kernel.clock import SHANGHAI
from suban.kernel.references import make_ref, split_ref
from suban.notices.services import send_notice
from suban.notices.types import NoticeAddress

Values = dict[str, str]

_CAPACITIES: Final = {
    "addressee": "本人",
    "authorised": "受托人",
    "window": "本人在窗口领取",
    "electronic": "电子方式",
}


def notify_party(*, number: str, template: str, fact: e.CaseFact, at: datetime) -> None:
    """Send the notice of `fact` to the applicant; the same fact again sends nothing."""
    case = open_any(number)
    values = _VALUES[type(fact)](case, fact, at)
    _send(to=case.row.party, template=template, values=values, key=f"{number}:{template}:{_occasion(fact)}",
          number=number, at=at)  # fmt: skip


def _occasion(fact: e.CaseFact) -> str:
    """Return what tells one occasion of a fact from the next: a day, a document, a parcel."""
    fields = fact.encode()
    del fields["case"]
    return "|".join(str(value) for value in fields.values())[:60]


def notify_company(told: e.ConfirmationRequested, at: datetime) -> None:
    """Ask a company for its confirmation."""
    case = open_any(told.case)
    values = {
        "matter_name": case.row.matter_name,
        "case_number": case.row.number,
        "applicant_name": case.row.party_label,
    }
    _send(to=told.company, template="confirmation_requested", values=values, key=f"confirm:{told.key}",
          number=told.case, at=at)  # fmt: skip


def _send(*, to: str, template: str, values: Values, key: str, number: str, at: datetime) -> None:
    address = get_notice_address(to, at=at)
    send_notice(
        to=NoticeAddress(inbox=address.inbox, email=address.email, phone=address.phone),
        template=template,
        values=values,
        key=key,
        about=make_ref("case", number),
        at=at,
    )


def _common(case: OpenedCase) -> Values:
    return {"matter_name": case.row.matter_name, "case_number": case.row.number}


def _organ(case: OpenedCase) -> Values:
    return {**_common(case), "organ_name": case.definition.organ_name}


def _submitted(case: OpenedCase, fact: e.CaseSubmitted, _at: datetime) -> Values:
    local = fact.received_at.astimezone(SHANGHAI)
    return {**_organ(case), "submitted_at": f"{chinese_day(local.date())} {local:%H:%M}"}


def _correction(case: OpenedCase, _fact: e.CorrectionRequested, _at: datetime) -> Values:
    lines = [
        f"· {defect.name}：{defect.text.partition(chr(10))[0]}"
        for defect in defects_of(case.row, case.definition)
    ]
    return {**_organ(case), "items": "\n".join(lines)}


def _accepted(case: OpenedCase, fact: e.CaseAccepted | e.CaseDeemedAccepted, at: datetime) -> Values:
    # The handler may run after the decision; the day is then no longer derived, only recorded.
    due = promised_deadline(case.state, case.terms, case.calendar) or legal_deadline(
        case.state,
        case.terms,
        case.calendar,
    )
    last = due.due_on if due else case.state.decided_on or at.astimezone(SHANGHAI).date()
    return {**_organ(case), "accepted_on": chinese_day(fact.accepted_on), "due_on": chinese_day(last)}


def _procedure_started(case: OpenedCase, fact: e.ProcedureStarted, _at: datetime) -> Values:
    return {
        **_organ(case),
        "procedure": PROCEDURE_NAMES[fact.kind],
        "started_on": chinese_day(fact.started_on),
        "expected_on": chinese_day(fact.expected_on),
    }


def _procedure_ended(case: OpenedCase, fact: e.ProcedureEnded, _at: datetime) -> Values:
    name = next((one.name for one in case.state.procedures if one.key == fact.key), "特别程序")
    due = promised_deadline(case.state, case.terms, case.calendar) or legal_deadline(
        case.state, case.terms, case.calendar
    )
    return {
        **_organ(case),
        "procedure": name,
        "ended_on": chinese_day(fact.ended_on),
        "onward": f"最迟于{chinese_day(due.due_on)}作出决定" if due else "进展请登录平台查看",
    }


def _granted(case: OpenedCase, fact: e.CaseGranted, _at: datetime) -> Values:
    return {**_organ(case), "decided_on": chinese_day(fact.decided_on)}


def _refused(case: OpenedCase, fact: e.CaseRefused, _at: datetime) -> Values:
    reasons = texts_of(case.row, "reasons")
    remedies = case.definition.remedies
    return {
        **_organ(case),
        "decided_on": chinese_day(fact.decided_on),
        "reasons": reasons[0][1] if reasons else "",
        "reconsideration_organ": remedies.reconsideration_organ,
        "court": remedies.court,
    }


def _issued(case: OpenedCase, fact: e.ResultIssued, _at: datetime) -> Values:
    return {
        "licence_name": case.definition.result.name,
        "case_number": case.row.number,
        "licence_id": split_ref(fact.result)[1],
    }


def _parcel_number(parcel: str) -> str:
    return (get_parcel(parcel).number if parcel else "") or "正在取号"


def _sent(case: OpenedCase, fact: e.ResultDispatched, _at: datetime) -> Values:
    return {**_common(case), "carrier": "邮政快递", "parcel_number": _parcel_number(fact.parcel)}


def _served(case: OpenedCase, fact: e.ResultServed, _at: datetime) -> Values:
    return {
        **_common(case),
        "parcel_number": _parcel_number(fact.parcel) if fact.parcel else "无",
        "signed_at": chinese_day(fact.served_on),
        "signer": _CAPACITIES.get(fact.capacity, fact.capacity),
    }


def _returned(case: OpenedCase, fact: e.DeliveryFailed, _at: datetime) -> Values:
    return {**_common(case), "parcel_number": _parcel_number(fact.parcel), "reason": fact.why}


def _withdrawn(case: OpenedCase, _fact: e.CaseWithdrawn, at: datetime) -> Values:
    return {**_common(case), "withdrawn_at": chinese_day(at.astimezone(SHANGHAI).date())}


def _ended(case: OpenedCase, fact: e.CaseNotNeeded | e.CaseTerminated, _at: datetime) -> Values:
    reasons = texts_of(case.row, "reasons")
    remedies = case.definition.remedies
    return {
        **_organ(case),
        "decided_on": chinese_day(fact.decided_on),
        "reasons": reasons[0][1] if reasons else "",
        "reconsideration_organ": remedies.reconsideration_organ,
        "court": remedies.court,
    }


def _not_competent(case: OpenedCase, fact: e.CaseNotCompetent, _at: datetime) -> Values:
    reasons = texts_of(case.row, "reasons")
    return {
        **_organ(case),
        "decided_on": chinese_day(fact.decided_on),
        "reasons": reasons[0][1] if reasons else "",
        "right_organ": fact.organ_name,
    }


def _false_material(case: OpenedCase, fact: e.FalseMaterialFound, _at: datetime) -> Values:
    remedies = case.definition.remedies
    until = fact.banned_until
    return {
        **_organ(case),
        "decided_on": chinese_day(fact.decided_on),
        "decision": "不予许可" if fact.accepted else "不予受理",
        "ban": f"至{chinese_day(until)}止，您不得再次申请这项许可。" if until else "",
        "reconsideration_organ": remedies.reconsideration_organ,
        "court": remedies.court,
    }


def _mending(case: OpenedCase, _fact: e.MendingOffered, _at: datetime) -> Values:
    words = texts_of(case.row, "mending")
    return {**_organ(case), "items": words[-1][1] if words else ""}


_VALUES: Final[dict[type[e.CaseFact], Callable[[OpenedCase, Any, datetime], Values]]] = {
    e.CaseSubmitted: _submitted,
    e.CorrectionRequested: _correction,
    e.CaseAccepted: _accepted,
    e.CaseDeemedAccepted: _accepted,
    e.ProcedureStarted: _procedure_started,
    e.ProcedureEnded: _procedure_ended,
    e.CaseGranted: _granted,
    e.CaseRefused: _refused,
    e.ResultIssued: _issued,
    e.ResultDispatched: _sent,
    e.ResultServed: _served,
    e.DeliveryFailed: _returned,
    e.CaseWithdrawn: _withdrawn,
    e.CaseNotNeeded: _ended,
    e.CaseNotCompetent: _not_competent,
    e.FalseMaterialFound: _false_material,
    e.CaseTerminated: _ended,
    e.MendingOffered: _mending,
}
