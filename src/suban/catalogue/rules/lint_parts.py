"""The lint of a definition's parts: fields, materials, look-ups, checks, result."""

from collections.abc import Iterator

from suban.catalogue.errors import ExpressionRefusedError
from suban.catalogue.rules.numbers import pattern_fault
from suban.catalogue.rules.patterns import compile_pattern
from suban.catalogue.types import (
    Check,
    Field,
    FieldType,
    Finding,
    Lift,
    Material,
    MatterDefinition,
    RegisterLookup,
    ResultKind,
    Trust,
)


def find_part_faults(definition: MatterDefinition) -> Iterator[Finding]:
    """Yield the faults inside single parts of `definition`."""
    for field in definition.fields:
        yield from _field_faults(field)
    for material in definition.materials:
        yield from _material_faults(definition, material)
    for check in definition.checks:
        yield from _check_faults(definition, check)
    for situation in definition.situations:
        for slot in {slot for option in situation.options for slot in option.materials}:
            if definition.find_material(slot) is None:
                yield Finding(path="situations", rule="situation.slot", message=f"材料 {slot} 不存在")
    yield from _result_faults(definition)


def _field_faults(field: Field) -> Iterator[Finding]:
    path = f"form.{field.name}"
    choosing = field.type in {FieldType.CHOICE, FieldType.MULTI_CHOICE}
    if choosing != bool(field.options):
        yield Finding(path=path, rule="field.options", message="选择题须有选项，其他类型不能有选项")
    if len({option.value for option in field.options}) != len(field.options):
        yield Finding(path=path, rule="field.options", message="选项的值不能重复")
    if field.pattern:
        yield from _pattern_faults(field, path)
    if field.type in {FieldType.USCC, FieldType.CITIZEN_ID, FieldType.MONEY} and field.pattern:
        yield Finding(path=path, rule="field.pattern", message="这种类型自带校验，不需要 pattern")
    if field.type in {FieldType.CITIZEN_ID, FieldType.PHONE} and not field.personal:
        yield Finding(
            path=path, rule="field.personal", message="身份证号和电话是个人信息，须写 personal: true"
        )


def _pattern_faults(field: Field, path: str) -> Iterator[Finding]:
    if not field.pattern_hint:
        yield Finding(path=path, rule="field.pattern", message="有 pattern 的须用 pattern_hint 写明正确格式")
    if field.type is FieldType.TEXTAREA or (field.max_length or 0) > 200:
        yield Finding(path=path, rule="field.pattern", message="长文本不能用 pattern")
    try:
        compile_pattern(field.pattern)
    except ExpressionRefusedError as refusal:
        yield Finding(path=path, rule="field.pattern", message=refusal.message)


def _material_faults(definition: MatterDefinition, material: Material) -> Iterator[Finding]:
    path = f"materials.{material.slot}"
    supported = {
        Lift.REGISTER: bool(material.registers),
        Lift.LICENCE: bool(material.licence_types),
        Lift.CONFIRMATION: material.confirm_by is not None,
        Lift.PROMISE: material.promise_allowed,
    }
    for lift, present in supported.items():
        if present != (lift in material.lifts):
            yield Finding(path=path, rule="material.lifts", message=f"lifts 中的 {lift} 与材料的设置不一致")
    if material.trust in {Trust.ISSUED, Trust.VERIFIED} and not material.lifts:
        yield Finding(
            path=path, rule="material.trust", message="要求 A 级或 B 级的材料须写明怎样不跑腿达到（lifts）"
        )
    if material.is_proof and not (material.promise_allowed or material.registers):
        yield Finding(
            path=path,
            rule="material.proof",
            message="证明事项须能以承诺或数据共享代替（优化营商环境条例第四十四条）",
        )
    for name, kind in ((material.uscc_field, FieldType.USCC), (material.date_field, FieldType.DATE)):
        field = definition.find_field(name) if name else None
        if name and (field is None or field.type is not kind):
            yield Finding(path=path, rule="material.field", message=f"字段 {name} 不存在或类型不是 {kind}")
    for lookup in material.registers:
        yield from _lookup_faults(definition, lookup, path)


def _lookup_faults(definition: MatterDefinition, lookup: RegisterLookup, path: str) -> Iterator[Finding]:
    for value in (*lookup.query.values(), *lookup.match.values()):
        yield from _path_faults(definition, value, path)


def _path_faults(definition: MatterDefinition, value: str, path: str) -> Iterator[Finding]:
    source, _, name = value.partition(".")
    if source == "answers" and definition.find_field(name) is None:
        yield Finding(path=path, rule="path.unknown", message=f"表单中没有 {name} 这一项")
    if source not in {"person", "company", "organ", "answers", "result", "case"}:
        yield Finding(path=path, rule="path.unknown", message=f"{value} 不是可用的取值路径")


def _check_faults(definition: MatterDefinition, check: Check) -> Iterator[Finding]:
    path = f"checks.{check.key}"
    if (check.kind == "register") != (check.lookup is not None):
        yield Finding(path=path, rule="check.lookup", message="register 检查须写 lookup，answers 检查不能写")
    if check.lookup is not None:
        yield from _lookup_faults(definition, check.lookup, path)


def _result_faults(definition: MatterDefinition) -> Iterator[Finding]:
    result = definition.result
    if fault := pattern_fault(result.number_pattern):
        yield Finding(path="result.number_pattern", rule="result.number", message=fault)
    for line in result.face:
        yield from _path_faults(definition, line.value, "result.face")
        source, _, name = line.value.partition(".")
        field = definition.find_field(name) if source == "answers" else None
        hidden = name in {"citizen_id", "phone"} or (field is not None and field.type is FieldType.CITIZEN_ID)
        if hidden:
            yield Finding(path="result.face", rule="result.privacy", message="证面数据不能包含身份证号或电话")
    if result.kind is ResultKind.LICENCE and not result.face:
        yield Finding(path="result.face", rule="result.face", message="证照须写明证面内容")
