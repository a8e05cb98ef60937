"""The answers of a form: brought into one shape, seen or hidden, checked in words that mend.

One shape: dates as ISO text, money as fen, checkboxes as booleans, the rest as text. A hidden field's
answer doesn't count.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

from suban.catalogue.rules.expressions import as_date, evaluate, holds
from suban.catalogue.rules.patterns import matches
from suban.catalogue.types import Field, FieldError, FieldType, MatterDefinition
from suban.kernel.errors import DomainError
from suban.kernel.identifiers import check_citizen_id, check_uscc

LONGEST: Final = MappingProxyType({FieldType.TEXTAREA: 2000, FieldType.ADDRESS: 200})
PHONE: Final = re.compile(r"(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?)")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL: Final = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
REGION: Final = re.compile(r"[0-9]{6}([0-9]{3}){0,2}")
LARGEST: Final = 10**15


def variables_of(answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Return what an expression may read: the answers, and `today`."""
    return {**answers, "today": on}


def visible_fields(
    definition: MatterDefinition, answers: Mapping[str, Any], *, on: date
) -> tuple[Field, ...]:
    """Return the fields that are asked, given the answers so far."""
    seen: dict[str, Any] = {"today": on}
    shown = []
    for field in definition.fields:
        if holds(field.visible_if, seen):
            shown.append(field)
            seen[field.name] = answers.get(field.name)
    return tuple(shown)


def normalise_answers(definition: MatterDefinition, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return `typed` in the one shape that is stored and checked; unknown names are dropped.

    What can't be read stays as it was typed, so that nobody loses a word and the check names it.
    """
    return {
        field.name: _normalise(field, typed[field.name]) for field in definition.fields if field.name in typed
    }


def validate_answers(
    definition: MatterDefinition, answers: Mapping[str, Any], *, on: date
) -> tuple[FieldError, ...]:
    """Return what is wrong with normalised `answers`, in the order of the form; empty when nothing is."""
    shown = visible_fields(definition, answers, on=on)
    seen = {field.name: answers.get(field.name) for field in shown}
    variables = variables_of(seen, on=on)
    errors = [
        error
        for field in shown
        if (error := _check_field(field, answers.get(field.name), variables)) is not None
    ]
    known = {field.name for field in definition.fields}
    errors.extend(
        FieldError(field=name, code="unknown", message=f"表单中没有“{name}”这一项，请删去。")
        for name in sorted(set(answers) - known)
    )
    return tuple(errors)


def show_answer(field: Field, value: Any) -> str:
    """Return an answer as a person reads it: labels instead of codes, yuan instead of fen."""
    if value is None or value == "":
        return ""
    labels = {option.value: option.label for option in field.options}
    if field.type is FieldType.MULTI_CHOICE and isinstance(value, list | tuple):
        return "、".join(labels.get(one, str(one)) for one in value)
    if field.type is FieldType.CHECKBOX:
        return "是" if value is True else "否"
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{Decimal(value) / 100:,.2f} 元"
    shown = labels.get(str(value), str(value))
    return f"{shown} {field.unit}" if field.unit else shown


def _normalise(field: Field, value: Any) -> Any:
    if field.type is FieldType.MULTI_CHOICE:
        return (
            [str(one) for one in value]
            if isinstance(value, list | tuple)
            else ([str(value)] if value else [])
        )
    if field.type is FieldType.CHECKBOX:
        return value is True or (isinstance(value, str) and value in {"on", "true", "1", "yes"})
    if not isinstance(value, str):
        return value
    text = value.strip()
    if field.type in {FieldType.USCC, FieldType.CITIZEN_ID, FieldType.PHONE}:
        return text.replace(" ", "").upper()
    if field.type in {FieldType.NUMBER, FieldType.MONEY}:
        return _number(text, scale=100 if field.type is FieldType.MONEY else 1)
    return text.replace("\r\n", "\n")


def _number(text: str, *, scale: int) -> Any:
    try:
        number = Decimal(text.replace(",", "").replace("，", "")) * scale
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number) > LARGEST:
        return text
    if number == number.to_integral_value():
        return int(number)
    return text if scale > 1 else float(number)


def _check_field(field: Field, value: Any, variables: Mapping[str, Any]) -> FieldError | None:
    if value in (None, "", [], ()) or (value is False and field.type is FieldType.CHECKBOX):
        return _check_missing(field)
    for check in (_wrong_type, _wrong_length, _CHECKS.get(field.type), _wrong_pattern):
        if check is not None and (message := check(field, value)):
            return FieldError(field=field.name, code="invalid", message=message)
    if message := _out_of_range(field, value, variables):
        return FieldError(field=field.name, code="out_of_range", message=message)
    return None


def _check_missing(field: Field) -> FieldError | None:
    if field.type is FieldType.CHECKBOX:
        if field.must_be_true:
            return FieldError(field=field.name, code="must_agree", message=f"请阅读并勾选“{field.label}”。")
        return None
    if not field.required:
        return None
    verb = (
        "请选择" if field.type in {FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.REGION} else "请填写"
    )
    return FieldError(field=field.name, code="required", message=f"{verb}{field.label}。")


def _wrong_type(field: Field, value: Any) -> str:
    if field.type in {FieldType.NUMBER, FieldType.MONEY}:
        right = isinstance(value, int | float) and not isinstance(value, bool)
        example = "例如 1200000.50，最多两位小数" if field.type is FieldType.MONEY else "例如 120"
        return "" if right else f"{field.label}应为数字，{example}。"
    if field.type is FieldType.CHECKBOX:
        return "" if isinstance(value, bool) else f"{field.label}只能勾选或不勾选。"
    if field.type is FieldType.MULTI_CHOICE:
        right = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
        return "" if right else f"请从选项中选择{field.label}。"
    return "" if isinstance(value, str) else f"{field.label}应为文字。"


def _wrong_length(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return ""
    longest = field.max_length or LONGEST.get(field.type, 200)
    if len(value) > longest:
        return f"{field.label}最多 {longest} 个字，您输入了 {len(value)} 个，请删减。"
    if field.min_length and len(value) < field.min_length:
        return f"{field.label}至少 {field.min_length} 个字，您输入了 {len(value)} 个，请补充。"
    return ""


def _wrong_pattern(field: Field, value: Any) -> str:
    if not field.pattern or not isinstance(value, str) or matches(field.pattern, value):
        return ""
    return f"{field.label}格式不对：{field.pattern_hint or '请对照证件核对'}。"


def _wrong_date(field: Field, value: Any) -> str:
    if not DATE.fullmatch(value):
        return f"{field.label}请按“年-月-日”填写，例如 2026-03-15。"
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"{field.label}不是存在的日期，请核对年、月、日。"
    return ""


def _wrong_choice(field: Field, value: Any) -> str:
    allowed = {option.value for option in field.options}
    chosen = (value,) if isinstance(value, str) else value
    return "" if set(chosen) <= allowed else f"请从给出的选项中选择{field.label}。"


def _wrong_uscc(_: Field, value: Any) -> str:
    if len(value) != 18:
        return f"统一社会信用代码应为 18 位，您输入了 {len(value)} 位，请对照营业执照补全。"
    return _refusal_of(check_uscc, value)


def _wrong_citizen_id(_: Field, value: Any) -> str:
    if len(value) != 18:
        return f"身份证号应为 18 位，您输入了 {len(value)} 位，请对照身份证补全。"
    return _refusal_of(check_citizen_id, value)


def _refusal_of(check: Callable[[str], None], value: str) -> str:
    try:
        check(value)
    except DomainError as refusal:
        return refusal.message
    return ""


def _shape(expression: re.Pattern[str], hint: str) -> Callable[[Field, Any], str]:
    def check(field: Field, value: Any) -> str:
        return "" if expression.fullmatch(value) else f"{field.label}{hint}"

    return check


_CHECKS: Final[Mapping[FieldType, Callable[[Field, Any], str]]] = MappingProxyType(
    {
        FieldType.DATE: _wrong_date,
        FieldType.CHOICE: _wrong_choice,
        FieldType.MULTI_CHOICE: _wrong_choice,
        FieldType.USCC: _wrong_uscc,
        FieldType.CITIZEN_ID: _wrong_citizen_id,
        FieldType.PHONE: _shape(PHONE, "应为 11 位手机号，或带区号的固定电话，例如 0511-80000000。"),
        FieldType.EMAIL: _shape(EMAIL, "应为电子邮箱地址，例如 name@example.com。"),
        FieldType.REGION: _shape(REGION, "应为 6 位行政区划代码，请从列表中选择。"),
    },
)


def _out_of_range(field: Field, value: Any, variables: Mapping[str, Any]) -> str:
    if field.type is FieldType.DATE:
        return _date_out_of_range(field, value, variables)
    if not isinstance(value, int | float):
        return ""
    if field.minimum is not None and value < field.minimum:
        return f"{field.label}不能小于 {show_answer(field, field.minimum)}。"
    if field.maximum is not None and value > field.maximum:
        return f"{field.label}不能大于 {show_answer(field, field.maximum)}。"
    return ""


def _date_out_of_range(field: Field, value: str, variables: Mapping[str, Any]) -> str:
    day = date.fromisoformat(value)
    first = as_date(evaluate(field.not_before, variables)) if field.not_before else None
    last = as_date(evaluate(field.not_after, variables)) if field.not_after else None
    if first is not None and day < first:
        return f"{field.label}不能早于 {first.isoformat()}，请核对。"
    if last is not None and day > last:
        return f"{field.label}不能晚于 {last.isoformat()}，请核对。"
    return ""
