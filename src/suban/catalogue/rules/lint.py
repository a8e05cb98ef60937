"""What a definition must obey before it is published: the law and its own consistency.

Every rule is a small function from a definition to findings; a finding names the place, the rule and how
to mend it. The rules that look at lists outside the definition (power list, fee list) come with those
lists.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from suban.catalogue.errors import ExpressionRefusedError
from suban.catalogue.rules.expressions import names_of
from suban.catalogue.rules.lint_external import find_external_faults
from suban.catalogue.rules.lint_parts import find_part_faults
from suban.catalogue.types import BasisLevel, Finding, Frame, MatterDefinition, Target
from suban.kernel.errors import DomainError
from suban.kernel.identifiers import check_uscc

LICENCE_BASES: Final = frozenset(
    {
        BasisLevel.LAW,
        BasisLevel.REGULATION,
        BasisLevel.STATE_COUNCIL_DECISION,
        BasisLevel.LOCAL_REGULATION,
        BasisLevel.PROVINCIAL_RULE,
    },
)
LICENCE_DAYS: Final = 20
PHONE_WITH_AREA: Final = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}|12345")
PERSON_CODE: Final = "1"

Rule = Callable[[MatterDefinition], Iterable[Finding]]


def lint_definition(definition: MatterDefinition) -> tuple[Finding, ...]:
    """Return every fault of `definition`; publishing asks for none."""
    return tuple(finding for rule in RULES for finding in rule(definition))


def _find(path: str, rule: str, message: str) -> Finding:
    return Finding(path=path, rule=rule, message=message)


def _codes_agree(definition: MatterDefinition) -> Iterator[Finding]:
    code = definition.code
    if code[:18] != definition.organ:
        yield _find("code", "code.organ", "业务办理项编码前 18 位应为实施主体的统一社会信用代码")
    if code[18] != definition.organ_level:
        yield _find("code", "code.level", "业务办理项编码第 19 位应为行使层级")
    if code[19:31] != definition.base_code:
        yield _find("code", "code.base", "业务办理项编码第 20 至 31 位应为基本编码")
    if definition.base_code[2:4] != definition.kind:
        yield _find("base_code", "code.kind", "基本编码第 3、4 位应为事项类型")
    try:
        check_uscc(definition.organ)
    except DomainError as refusal:
        yield _find("organ", "code.uscc", refusal.message)
    if definition.frame is Frame.LICENCE and definition.kind != "01":
        yield _find("kind", "frame.kind", "行政许可程序的事项类型应为 01")


def _time_limits_are_lawful(definition: MatterDefinition) -> Iterator[Finding]:
    profile = definition.law_profile
    if definition.promised_days > profile.legal_days:
        yield _find("promised_days", "time.promise", "承诺时限不能长于法定时限")
    if definition.frame is Frame.LICENCE and profile.unit == "workday" and profile.legal_days > LICENCE_DAYS:
        levels = {basis.level for basis in definition.bases}
        if not levels & {BasisLevel.LAW, BasisLevel.REGULATION, BasisLevel.LOCAL_REGULATION}:
            yield _find(
                "law_profile.legal_days",
                "time.legal",
                "法定时限超过 20 个工作日，须有法律、法规另行规定（行政许可法第四十二条）",
            )
    if definition.frame is Frame.LICENCE and not profile.legal_days:
        yield _find("law_profile.legal_days", "time.missing", "行政许可须写明法定办结时限")
    if definition.frame is Frame.FILING and profile.on_notice_lapse != "none":
        yield _find("law_profile.on_notice_lapse", "time.filing", "备案没有“视为受理”，应为 none")
    instant = definition.extended.promptness == "instant"
    if instant != (definition.promised_days == 0):
        yield _find("extended.promptness", "time.promptness", "承诺时限为 0 的是即办件，其余是承诺件")


def _licence_has_a_basis(definition: MatterDefinition) -> Iterator[Finding]:
    if definition.frame is Frame.LICENCE and not {basis.level for basis in definition.bases} & LICENCE_BASES:
        yield _find(
            "bases",
            "basis.level",
            "行政许可须由法律、行政法规、国务院决定、地方性法规或省级政府规章设定，"
            "不能只依据部门规章或规范性文件（行政许可法第十四条至第十七条）",
        )


def _fee_is_lawful(definition: MatterDefinition) -> Iterator[Finding]:
    fee = definition.fee
    if fee.charged and not fee.items:
        yield _find("fee.items", "fee.items", "收费的事项须写明收费项目、标准和依据")
    if fee.charged and not fee.online_payment:
        yield _find("fee.online_payment", "fee.online", "收费的事项须支持网上支付")
    if not fee.charged and fee.items:
        yield _find("fee.items", "fee.free", "不收费的事项不能列收费项目")
    if not fee.charged and fee.online_payment:
        yield _find("fee.online_payment", "fee.free", "不收费的事项不能“支持网上支付”")


def _visits_are_explained(definition: MatterDefinition) -> Iterator[Finding]:
    if definition.on_site_visits and not definition.on_site_reason:
        yield _find("on_site_reason", "visits.reason", "须到现场的，必须说明原因")
    if not definition.on_site_visits and definition.on_site_reason:
        yield _find("on_site_reason", "visits.none", "到现场次数为 0 时，现场办理原因应为空")
    channels = set(definition.extended.channels)
    if not definition.on_site_visits and not channels & {"web", "mobile", "post"}:
        yield _find("extended.channels", "visits.channel", "到现场次数为 0 时，办理形式须含网上或快递")
    if "window" not in channels or not channels & {"web", "mobile"}:
        yield _find(
            "extended.channels",
            "visits.choice",
            "线上和窗口都应可办，由申请人选择（优化营商环境条例第三十七条）",
        )


def _guide_is_complete(definition: MatterDefinition) -> Iterator[Finding]:
    licence = definition.frame is Frame.LICENCE
    if licence and not definition.faq:
        yield _find("faq", "guide.faq", "行政许可至少要有 1 个常见问题")
    if licence and len(definition.flow) < 5:
        yield _find("flow", "guide.flow", "行政许可的办理流程至少 5 个环节（受理、审核、审批、办结、送达）")
    contacts = definition.contacts
    if contacts.consult_phone == contacts.complaint_phone:
        yield _find("contacts", "guide.phones", "咨询电话和投诉电话不能相同")
    for name in ("consult_phone", "complaint_phone"):
        if not PHONE_WITH_AREA.fullmatch(getattr(contacts, name)):
            yield _find(f"contacts.{name}", "guide.area_code", "电话须带区号，例如 0511-80000000")
    ends = {"证": "出证办结", "批复": "审批办结", "文": "出文办结"}
    expected = next((words for end, words in ends.items() if definition.result.name.endswith(end)), None)
    if expected and definition.result.outcome != expected:
        yield _find("result.outcome", "guide.outcome", f"结果名称以此结尾的应为“{expected}”")
    codes = set(definition.extended.target_codes)
    if (PERSON_CODE in codes) != (definition.target is not Target.COMPANY):
        yield _find("extended.target_codes", "guide.target", "服务对象代码与服务对象不一致")


def _steps_form_a_graph(definition: MatterDefinition) -> Iterator[Finding]:
    keys = [step.key for step in definition.steps]
    for step in definition.steps:
        if missing := [key for key in step.after if key not in keys]:
            yield _find(f"steps.{step.key}", "steps.unknown", f"前置环节 {missing[0]} 不存在")
    if _has_cycle({step.key: step.after for step in definition.steps}):
        yield _find("steps", "steps.cycle", "审查环节互为前置，形成了循环")
    decisions = [step for step in definition.steps if step.kind == "decide"]
    if definition.frame is Frame.LICENCE and len(decisions) != 1:
        yield _find("steps", "steps.decide", "行政许可须有且只有一个决定环节")
    if definition.frame is Frame.FILING and definition.steps:
        yield _find("steps", "steps.filing", "备案收到规定的信息即完成，不设审查环节（国令第673号第十三条）")
    for decision in decisions:
        if any(decision.key in step.after for step in definition.steps):
            yield _find(f"steps.{decision.key}", "steps.last", "决定环节之后不能再有环节")


def _has_cycle(after: dict[str, tuple[str, ...]]) -> bool:
    left = dict(after)
    while left:
        ready = [key for key, before in left.items() if not any(other in left for other in before)]
        if not ready:
            return True
        for key in ready:
            del left[key]
    return False


def _names_are_unique(definition: MatterDefinition) -> Iterator[Finding]:
    groups = {
        "form": [field.name for field in definition.fields],
        "form.sections": [section.key for section in definition.form],
        "materials": [material.slot for material in definition.materials],
        "steps": [step.key for step in definition.steps],
        "checks": [check.key for check in definition.checks],
        "result.face": [line.label for line in definition.result.face],
    }
    for path, names in groups.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield _find(path, "names.unique", f"{name} 出现了 {times} 次，名称不能重复")


def _expressions_compile(definition: MatterDefinition) -> Iterator[Finding]:
    every = {field.name for field in definition.fields} | {"today"}
    earlier = {"today"}
    for field in definition.fields:
        yield from _expression_faults(f"form.{field.name}.visible_if", field.visible_if, earlier)
        yield from _expression_faults(f"form.{field.name}.not_before", field.not_before, every)
        yield from _expression_faults(f"form.{field.name}.not_after", field.not_after, every)
        earlier.add(field.name)
    for material in definition.materials:
        yield from _expression_faults(f"materials.{material.slot}.condition", material.condition, every)
    for check in definition.checks:
        known = every | ({"record"} if check.kind == "register" else set())
        yield from _expression_faults(f"checks.{check.key}.expression", check.expression, known)
        yield from _expression_faults(f"checks.{check.key}.when", check.when, every)


def _expression_faults(path: str, expression: str, known: set[str]) -> Iterator[Finding]:
    if not expression:
        return
    try:
        names: Any = names_of(expression)
    except ExpressionRefusedError as refusal:
        yield _find(path, "expression.refused", refusal.message)
        return
    if unknown := sorted(names - known):
        yield _find(path, "expression.unknown", f"用到了没有的或排在后面的字段：{'、'.join(unknown)}")


RULES: Final[tuple[Rule, ...]] = (
    _codes_agree,
    _time_limits_are_lawful,
    _licence_has_a_basis,
    _fee_is_lawful,
    _visits_are_explained,
    _guide_is_complete,
    _steps_form_a_graph,
    _names_are_unique,
    _expressions_compile,
    find_part_faults,
    find_external_faults,
)
