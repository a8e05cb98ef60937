"""Definitions as YAML: read from strangers, written for people.

The text is read with a small subset of YAML: no anchors, aliases, tags or merge keys, limited in size,
depth and number of nodes, so that a "billion laughs" text ends at once. Only `true`, `false`, `null` and
plain numbers are more than text: a date or a phone number stays as it was written. Every fault names its
line and its path.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from pydantic import ValidationError

from suban.catalogue.errors import UnreadableDefinitionError
from suban.catalogue.types import MatterDefinition
from suban.kernel.canonical import canonical_json

MAX_BYTES: Final = 512 * 1024
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 16
MAX_PROBLEMS: Final = 30

# libyaml where the wheel has it: ten times as fast on thousands of matters.
LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER: Final = re.compile(r"(0|-?[1-9][0-9]{0,14})")
_FLOAT: Final = re.compile(r"-?(0|[1-9][0-9]{0,5})\.[0-9]{1,9}")
_WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}

_Place = tuple[str | int, ...]


def load_definition(yaml_text: str) -> MatterDefinition:
    """Return the definition that `yaml_text` describes.

    :raises UnreadableDefinitionError: it isn't one; `problems` name line and path.
    """
    if len(yaml_text.encode()) > MAX_BYTES:
        raise UnreadableDefinitionError([f"文件超过 {MAX_BYTES // 1024} KB"])
    lines: dict[_Place, int] = {}
    try:
        _refuse_dangerous(yaml_text)
        root = yaml.compose(yaml_text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise UnreadableDefinitionError([_syntax_problem(error)]) from None
    if not isinstance(root, yaml.MappingNode):
        raise UnreadableDefinitionError(["第 1 行：文件应由“名称: 内容”组成"])
    content = _build(root, (), lines)
    try:
        return MatterDefinition.model_validate_json(_as_json(content))
    except ValidationError as error:
        raise UnreadableDefinitionError(list(_problems(error, lines))) from None


def dump_definition(definition: MatterDefinition) -> str:
    """Return `definition` as YAML that `load_definition` reads back to the same."""
    content = definition.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.dump(content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=100)
    return text


class _PlainDumper(yaml.SafeDumper):
    """Writes without anchors, and quotes every text that YAML might read as something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- the signature is the library's
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # The library quotes what YAML would misread; this adds what only `_scalar` reads as a number or word.
    style = None if _scalar(text, plain=True) == text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_PlainDumper.add_representer(str, _write_text)


def _refuse_dangerous(text: str) -> None:
    # Events are read one by one, so that nothing grows before the limit is seen.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableDefinitionError([f"第 {line} 行：不能使用锚点（&）和引用（*）"])
        if getattr(event, "tag", None):
            raise UnreadableDefinitionError([f"第 {line} 行：不能使用标签（!）"])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UnreadableDefinitionError([f"第 {line} 行：嵌套超过 {MAX_DEPTH} 层"])
        if count > MAX_NODES:
            raise UnreadableDefinitionError([f"第 {line} 行：内容超过 {MAX_NODES} 项"])


def _build(node: yaml.Node, place: _Place, lines: dict[_Place, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node.value, plain=not node.style)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*place, index), lines) for index, child in enumerate(node.value)]
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
            raise UnreadableDefinitionError([f"第 {line} 行：名称应为文字"])
        if key_node.value in built:
            raise UnreadableDefinitionError([f"第 {line} 行：{key_node.value} 写了两次"])
        built[key_node.value] = _build(value_node, (*place, key_node.value), lines)
    return built


def _scalar(text: str, *, plain: bool) -> Any:
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _as_json(content: Any) -> bytes:
    # Through JSON, where text may become a date or a choice but a number never becomes text.
    return canonical_json(content)


def _syntax_problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"第 {mark.line + 1} 行：" if mark is not None else ""
    return f"{line}不是正确的 YAML（{getattr(error, 'problem', None) or '有不允许的字符'}）"


def _problems(error: ValidationError, lines: dict[_Place, int]) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_input=False)[:MAX_PROBLEMS]:
        place = fault["loc"]
        known = next((place[:end] for end in range(len(place), -1, -1) if place[:end] in lines), ())
        path = ".".join(str(part) for part in place) or "（整体）"
        yield f"第 {lines.get(known, 1)} 行 {path}：{_words(fault['type'], fault['msg'])}"


def _words(kind: str, message: str) -> str:
    known = {
        "missing": "缺少这一项",
        "extra_forbidden": "没有这个名称，请检查拼写",
        "string_type": "应为文字；数字、代码和电话请加引号",
        "int_type": "应为整数",
        "bool_type": "应为 true 或 false",
        "string_pattern_mismatch": "格式不对",
        "enum": "不是允许的取值",
        "literal_error": "不是允许的取值",
        "tuple_type": "应为列表，每项以“- ”开头",
        "too_short": "不能为空",
        "string_too_short": "不能为空",
        "string_too_long": "太长",
    }
    words = known.get(kind)
    if words is None or kind in {"enum", "literal_error", "string_pattern_mismatch"}:
        detail = message.removeprefix("Value error, ")
        return f"{words}（{detail}）" if words else detail
    return words
