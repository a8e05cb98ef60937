"""Numbers of results, written from a pattern such as `32{answers.category}{yy}{serial:6}`.

`{serial:n}` is a gapless serial of n digits. `{shuffled:n}` scatters the serial over n digits without
repeating one, where a standard asks for random digits. `{check:name}` is a check character over what
stands before it, hyphens left out; the algorithm is named, because that of GB/T 40058 isn't published
and must be exchangeable.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from suban.kernel.identifiers import mod11_10, mod37_36

_PART: Final = re.compile(r"\{([a-z0-9_.]+)(?::([a-z0-9_]{1,24}))?\}")
_LARGEST_WIDTH: Final = 12


def _of_digits(written: str) -> str:
    """Return MOD 11,10 over the digits alone, as for `JY` and what follows it (GB/T 17710)."""
    return mod11_10("".join(letter for letter in written if letter.isdigit()))


CHECK_ALGORITHMS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"mod11_10": mod11_10, "mod11_10_digits": _of_digits, "mod37_36": mod37_36},
)


def number_year(pattern: str, on: date) -> int:
    """Return the year in which a series counts; 0 where the number names none and must never come again."""
    return on.year if "{yy}" in pattern or "{yyyy}" in pattern else 0


def format_number(
    pattern: str,
    *,
    serial: int,
    on: date,
    region: str = "",
    answers: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """Return the number of `serial` in its year.

    :raises ValueError: the pattern is wrong, the serial too large, or an answer is missing.
    """
    written = ""
    place = 0
    for part in _PART.finditer(pattern):
        written += pattern[place : part.start()]
        place = part.end()
        name, option = part.group(1), part.group(2) or ""
        if name == "check":
            written += _check_character(option, written)
        elif name in {"serial", "shuffled"}:
            written += _digits(serial, option, shuffled=name == "shuffled")
        else:
            written += _plain(name, on=on, region=region, answers=answers)
    return written + pattern[place:]


def pattern_fault(pattern: str) -> str:
    """Return what is wrong with `pattern`; empty when nothing is."""
    rest = _PART.sub("", pattern)
    if "{" in rest or "}" in rest:
        return "编号规则中的花括号不成对或内容不认识"
    names = [part.group(1) for part in _PART.finditer(pattern)]
    if "serial" not in names and "shuffled" not in names:
        return "编号规则须含流水号 {serial:位数} 或 {shuffled:位数}"
    known = {"yy", "yyyy", "mm", "dd", "region", "serial", "shuffled", "check"}
    if unknown := [name for name in names if name not in known and not name.startswith("answers.")]:
        return f"编号规则中的 {unknown[0]} 不认识"
    sample = {name.removeprefix("answers."): "0" for name in names if name.startswith("answers.")}
    try:
        format_number(pattern, serial=1, on=date(2026, 1, 1), region="320000", answers=sample)
    except ValueError as error:
        return str(error)
    return ""


def _plain(name: str, *, on: date, region: str, answers: Mapping[str, Any]) -> str:
    times = {"yy": f"{on:%y}", "yyyy": f"{on:%Y}", "mm": f"{on:%m}", "dd": f"{on:%d}", "region": region}
    value = answers.get(name.removeprefix("answers.")) if name.startswith("answers.") else times.get(name)
    if value in (None, ""):
        raise ValueError(f"编号所需的 {name} 没有值")
    return str(value)


def _digits(serial: int, option: str, *, shuffled: bool) -> str:
    if not option.isdigit() or not 1 <= int(option) <= _LARGEST_WIDTH:
        raise ValueError("流水号须写明位数，例如 {serial:6}")
    width = int(option)
    if not 0 < serial < 10**width:
        raise ValueError(f"流水号 {serial} 超出 {width} 位")
    if shuffled:
        # 7 * 11 * 13 * 17 + 10 ends in 7, so it shares no factor with a power of ten: a bijection.
        serial = (serial * 17027 + 31415) % 10**width
    return f"{serial:0{width}d}"


def _check_character(algorithm: str, written: str) -> str:
    check = CHECK_ALGORITHMS.get(algorithm)
    if check is None:
        raise ValueError(f"没有名为 {algorithm} 的校验算法")
    return check(written.replace("-", ""))
