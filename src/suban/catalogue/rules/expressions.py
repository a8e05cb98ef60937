"""The small language of conditions: `employed and today > add_years(certificate_issued_on, 1)`.

Definitions are untrusted. An expression is parsed into a syntax tree of which only a few kinds of
node are allowed: no loops, no arithmetic that grows, no attribute that isn't a key of a mapping. So
its cost is bounded by its length. An answer that isn't there is `None`: a comparison with it is
false, and a function of it is `None`, because a form is judged while it is being filled in.
"""

import ast
import calendar
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from suban.catalogue.errors import ExpressionRefusedError

Value: TypeAlias = "str | int | float | bool | date | Sequence[Any] | Mapping[str, Any] | None"

MAX_LENGTH: Final = 500
MAX_NODES: Final = 120
MAX_DEPTH: Final = 16
MAX_NUMBER: Final = 10**15
MAX_YEARS: Final = 200

COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = MappingProxyType(
    {
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
        ast.In: lambda one, many: one in many,
        ast.NotIn: lambda one, many: one not in many,
    },
)


def evaluate(expression: str, variables: Mapping[str, Any]) -> Value:
    """Return the value of `expression`; a name that `variables` lacks is `None`.

    :raises ExpressionRefusedError: the text isn't an expression of this language.
    """
    value: Value = _value(parse_expression(expression), variables)
    return value


def holds(expression: str, variables: Mapping[str, Any]) -> bool:
    """Tell whether `expression` is true; an empty one always is."""
    return not expression or bool(evaluate(expression, variables))


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> ast.expr:
    """Return the checked syntax tree of `text`.

    :raises ExpressionRefusedError: it is too long, too deep, or uses what isn't allowed.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionRefusedError(f"表达式不能超过 {MAX_LENGTH} 个字符，请拆成几个条件。")
    if not text.isprintable() or "\\" in text:
        raise ExpressionRefusedError("表达式只能写在一行内，不能有反斜杠或控制字符。")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionRefusedError(f"表达式写法不正确：{text[:80]}") from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ExpressionRefusedError("表达式太复杂，请拆成几个条件。")
    _check(tree, depth=0)
    return tree


def names_of(text: str) -> frozenset[str]:
    """Return the variables that `text` reads, `record.name` as `record`.

    :raises ExpressionRefusedError: it isn't an expression of this language.
    """
    called = set()
    names = set()
    for node in ast.walk(parse_expression(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(id(node.func))
        elif isinstance(node, ast.Name):
            names.add((id(node), node.id))
    return frozenset(name for place, name in names if place not in called)


def _check(node: ast.expr, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ExpressionRefusedError("表达式嵌套太深，请拆成几个条件。")
    allowed = _CHECKS.get(type(node))
    if allowed is None or not allowed(node):
        raise ExpressionRefusedError(
            f"表达式中不允许使用 {ast.unparse(node)[:60]}；可用比较、and、or、not、in 和日期函数。"
        )
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and not (isinstance(node, ast.Call) and child is node.func):
            _check(child, depth + 1)


def _is_plain_constant(node: Any) -> bool:
    value = node.value
    if isinstance(value, int | float):
        return abs(value) <= MAX_NUMBER
    return value is None or isinstance(value, str)


_CHECKS: Final[Mapping[type[ast.expr], Callable[[Any], bool]]] = MappingProxyType(
    {
        ast.BoolOp: lambda _: True,
        ast.UnaryOp: lambda node: isinstance(node.op, ast.Not | ast.USub),
        ast.Compare: lambda node: all(type(op) in COMPARISONS for op in node.ops),
        ast.Constant: _is_plain_constant,
        ast.Name: lambda node: "__" not in node.id,
        ast.Attribute: lambda node: isinstance(node.value, ast.Name) and "__" not in node.attr,
        ast.Tuple: lambda _: True,
        ast.List: lambda _: True,
        ast.Call: lambda node: (
            isinstance(node.func, ast.Name)
            and node.func.id in FUNCTIONS
            and not node.keywords
            and len(node.args) == FUNCTIONS[node.func.id][0]
        ),
    },
)


def _value(node: ast.expr, variables: Mapping[str, Any]) -> Any:
    return _EVALUATORS[type(node)](node, variables)


def _of_bool(node: Any, variables: Mapping[str, Any]) -> bool:
    parts = (bool(_value(part, variables)) for part in node.values)
    return all(parts) if isinstance(node.op, ast.And) else any(parts)


def _of_unary(node: Any, variables: Mapping[str, Any]) -> Any:
    value = _value(node.operand, variables)
    if isinstance(node.op, ast.Not):
        return not value
    return -value if isinstance(value, int | float) else None


def _of_compare(node: Any, variables: Mapping[str, Any]) -> bool:
    left = _value(node.left, variables)
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = _value(right_node, variables)
        if not _compare(type(op), left, right):
            return False
        left = right
    return True


def _compare(op: type[ast.cmpop], left: Any, right: Any) -> bool:
    if isinstance(left, date) or isinstance(right, date):
        left, right = as_date(left), as_date(right)
    if op not in {ast.Eq, ast.NotEq} and (left is None or right is None):
        return False
    try:
        return bool(COMPARISONS[op](left, right))
    except TypeError:
        return False


def _of_call(node: Any, variables: Mapping[str, Any]) -> Any:
    _, function = FUNCTIONS[node.func.id]
    return function(*(_value(argument, variables) for argument in node.args))


def _of_attribute(node: Any, variables: Mapping[str, Any]) -> Any:
    holder = variables.get(node.value.id)
    return holder.get(node.attr) if isinstance(holder, Mapping) else None


_EVALUATORS: Final[Mapping[type[ast.expr], Callable[[Any, Mapping[str, Any]], Any]]] = MappingProxyType(
    {
        ast.BoolOp: _of_bool,
        ast.UnaryOp: _of_unary,
        ast.Compare: _of_compare,
        ast.Constant: lambda node, _: node.value,
        ast.Name: lambda node, variables: variables.get(node.id),
        ast.Attribute: _of_attribute,
        ast.Tuple: lambda node, variables: tuple(_value(part, variables) for part in node.elts),
        ast.List: lambda node, variables: tuple(_value(part, variables) for part in node.elts),
        ast.Call: _of_call,
    },
)


def as_date(value: Any) -> Any:
    """Return the day that `value` is or writes as ISO text; None when it is neither."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _add_days(day: Any, count: Any) -> date | None:
    start = as_date(day)
    if start is None or not _is_count(count, 366 * MAX_YEARS):
        return None
    try:
        moved: date = start + timedelta(days=count)
    except OverflowError:
        return None
    return moved


def _add_months(day: Any, count: Any) -> date | None:
    start = as_date(day)
    if start is None or not _is_count(count, 12 * MAX_YEARS):
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _add_years(day: Any, count: Any) -> date | None:
    return _add_months(day, count * 12) if _is_count(count, MAX_YEARS) else None


def _is_count(value: Any, limit: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= limit


def _days_between(first: Any, last: Any) -> int | None:
    start, end = as_date(first), as_date(last)
    return None if start is None or end is None else (end - start).days


FUNCTIONS: Final[Mapping[str, tuple[int, Callable[..., Any]]]] = MappingProxyType(
    {
        "date": (1, as_date),
        "add_days": (2, _add_days),
        "add_months": (2, _add_months),
        "add_years": (2, _add_years),
        "days_between": (2, _days_between),
        "given": (1, lambda value: value not in (None, "", (), [])),
        "length": (1, lambda value: len(value) if isinstance(value, str | tuple | list) else None),
        "starts_with": (2, lambda text, start: isinstance(text, str) and text.startswith(str(start))),
        "contains": (2, lambda text, part: isinstance(text, str) and str(part) in text),
    },
)
