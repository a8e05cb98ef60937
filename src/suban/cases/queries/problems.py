"""What still stands between a draft and its submission, all of it at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from suban.cases.models import CaseForm
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase
from suban.cases.rules.materials import missing_materials
from suban.cases.types import Channel
from suban.catalogue.rules import find_age_fault, required_materials, validate_answers
from suban.catalogue.types import DeliveryChannel, FieldError

Problem = dict[str, str]
_NOT_EVERYBODY_HAS: Final = frozenset({"person.phone", "person.email"})


def find_form_faults(case: OpenedCase, answers: Mapping[str, Any], today: date) -> tuple[FieldError, ...]:
    """Return what is wrong with the answers.

    Whoever stands at a window and has no telephone or mailbox isn't sent away for it: letters come by post,
    and the window knows them in person (优化营商环境条例第37条).
    """
    faults = validate_answers(case.definition, answers, on=today)
    if case.state.channel is not Channel.COUNTER:
        return tuple(faults)
    spared = {
        field.name
        for field in case.definition.fields
        if field.prefill in _NOT_EVERYBODY_HAS and not answers.get(field.name)
    }
    return tuple(fault for fault in faults if fault.field not in spared)


def find_problems(case: OpenedCase, today: date) -> tuple[Problem, ...]:
    """Return all that is missing or wrong, in the order of the pages; empty when it may be submitted."""
    form: CaseForm = case.row.form
    answers = answers_of(case.row, form)
    problems = [
        {"where": "field", "key": error.field, "message": error.message}
        for error in find_form_faults(case, answers, today)
    ]
    required = required_materials(case.definition, answers, on=today)
    for material in missing_materials(required, case.state.materials):
        verb = "请确认" if material.generated else "请提供"
        problems.append({"where": "material", "key": material.slot, "message": f"{verb}{material.name}。"})
    problems.extend(
        {"where": "material", "key": material.slot, "message": fault}
        for material in required
        if (fault := find_age_fault(material, answers, on=today))
    )
    if any(material.generated for material in required) and form.confirmed_revision not in {
        None,
        form.revision,
    }:
        problems.append({"where": "form", "key": "form", "message": "申请表确认后又修改过，请重新确认。"})
    if not form.delivery:
        problems.append({"where": "delivery", "key": "delivery", "message": "请选择结果的领取方式。"})
    if form.delivery == DeliveryChannel.POST and not form.address:
        problems.append({"where": "delivery", "key": "address", "message": "请填写邮寄地址。"})
    blocking = {check.key for check in case.definition.checks if check.blocking}
    problems.extend(
        {"where": "check", "key": check.key, "message": check.detail}
        for check in case.row.checks.all()
        if check.outcome == "fail" and check.key in blocking
    )
    return tuple(problems)
