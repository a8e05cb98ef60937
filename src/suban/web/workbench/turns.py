"""The pages of the turns beside the usual way: what each asks, what it says before it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from suban.cases.queries.turns import TurnChoices
from suban.cases.services.mending import offer_mending
from suban.cases.services.turns import (
    declare_not_competent,
    declare_not_needed,
    refuse_false_material,
    return_to_step,
    terminate_case,
)
from suban.cases.types import Act, Ground, StaffCase
from suban.identity.types import Actor, OrganView
from suban.kernel.clock import now
from suban.web.ui.form_kit import FieldSpec

LONGEST: Final = 4000
_HEARD: Final = "作出警告前应当听取当事人意见（行政处罚法第44条、第45条）。"
Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a turn's page may offer for choosing."""

    case: StaffCase
    choices: TurnChoices
    organs: tuple[OrganView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPage:
    """A page of a turn: its questions, what to know, and the service behind its button."""

    act: Act
    name: str
    ask: Callable[[Asked], list[FieldSpec]]
    do: Callable[[Actor, str, Typed], None]
    confirm: str
    done: str
    points: tuple[str, ...]
    sends_letter: bool = True
    danger: bool = False
    wants: Mapping[str, str] = field(default_factory=dict)


def _area(name: str, label: str, help: str, rows: str = "4") -> FieldSpec:  # noqa: A002 -- the kit's own word
    attributes = (("rows", rows), ("maxlength", str(LONGEST)))
    return FieldSpec(name=name, label=label, type="textarea", help=help, attributes=attributes)


def _ask_not_needed(_asked: Asked) -> list[FieldSpec]:
    hint = "写明这件事为什么依法不需要许可，依据哪一条。申请人会在告知书里看到。"
    return [_area("reasons", "理由", hint, "6")]


def _ask_not_competent(asked: Asked) -> list[FieldSpec]:
    options = tuple((organ.uscc, organ.name) for organ in asked.organs)
    specs = [_area("reasons", "理由", "写明为什么不属于本机关职权，依据哪一条。")]
    if options:
        specs.insert(
            0,
            FieldSpec(
                name="organ",
                label="应当向哪个机关申请",
                type="radio",
                required=False,
                help="列出的是办理同一事项的机关；没有的，用上面的查找框按名称查。",
                options=options,
            ),
        )
    other = FieldSpec(
        name="organ_name",
        label="不在平台上的机关",
        required=False,
        help="平台上查不到的，写明机关全称。选了上面的机关就不用写。",
        attributes=(("maxlength", "100"),),
    )
    return [*specs[:-1], other, specs[-1]]


def _ask_mending(asked: Asked) -> list[FieldSpec]:
    return [
        FieldSpec(
            name="fields",
            label="哪里写错了",
            type="checkboxes",
            help="只列出不影响材料和核验结果的填写项；其他问题请一次告知补正。",
            options=asked.choices.mendable,
        ),
        _area("words", "请申请人怎么改", "例如：学校名称漏了“大学”二字。申请人会看到这句话。", "3"),
    ]


def _ask_return(asked: Asked) -> list[FieldSpec]:
    return [
        FieldSpec(name="target", label="退回到哪一步", type="radio", options=asked.choices.targets),
        _area("reasons", "退回的理由", "写明哪里没有查清、需要重新查什么。理由只供内部查看。"),
    ]


def _ask_false_material(asked: Asked) -> list[FieldSpec]:
    specs = [
        FieldSpec(name="slots", label="虚假的材料或者内容", type="checkboxes", options=asked.choices.slots),
        _area("reasons", "查明的事实和证据", "写明哪里虚假、怎么查明的、有什么证据。"),
        _area(
            "heard",
            "当事人的陈述、申辩和采纳情况",
            _HEARD,
        ),
    ]
    if asked.case.is_overdue:
        specs.append(_area("overdue_reason", "逾期理由", "已超过法定期限，理由会写进决定书。", "3"))
    return specs


def _ask_termination(asked: Asked) -> list[FieldSpec]:
    return [
        FieldSpec(
            name="ground",
            label="终止的情形",
            type="radio",
            options=asked.choices.grounds,
        ),
        _area("reasons", "事实和理由", "写明发生了什么、怎么知道的。"),
        _area("basis", "法律依据", "写明终止办理依据的法律、法规、规章和条款。", "2"),
    ]


def _not_needed(actor: Actor, number: str, typed: Typed) -> None:
    declare_not_needed(actor=actor, number=number, reasons=typed["reasons"], at=now())


def _not_competent(actor: Actor, number: str, typed: Typed) -> None:
    declare_not_competent(
        actor=actor,
        number=number,
        organ=typed.get("organ", ""),
        organ_name=typed["organ_name"],
        reasons=typed["reasons"],
        at=now(),
    )


def _mending(actor: Actor, number: str, typed: Typed) -> None:
    offer_mending(actor=actor, number=number, fields=typed["fields"], words=typed["words"], at=now())


def _return(actor: Actor, number: str, typed: Typed) -> None:
    return_to_step(
        actor=actor,
        number=number,
        step=typed["own_step"],
        target=typed["target"],
        reasons=typed["reasons"],
        at=now(),
    )


def _false_material(actor: Actor, number: str, typed: Typed) -> None:
    refuse_false_material(
        actor=actor,
        number=number,
        slots=typed["slots"],
        reasons=typed["reasons"],
        heard=typed["heard"],
        overdue_reason=typed.get("overdue_reason", ""),
        at=now(),
    )


def _terminate(actor: Actor, number: str, typed: Typed) -> None:
    terminate_case(
        actor=actor,
        number=number,
        ground=Ground(typed["ground"]),
        basis=typed["basis"],
        reasons=typed["reasons"],
        at=now(),
    )


TURNS: Final = {
    page.act: page
    for page in (
        TurnPage(
            act=Act.OFFER_MENDING,
            name="mending",
            ask=_ask_mending,
            do=_mending,
            confirm="通知申请人当场更正",
            done="已通知申请人当场更正，期限继续计算。",
            points=(
                "可以当场更正的错误，应当允许申请人当场更正（行政许可法第32条第1款第3项）。",
                "不停止计算期限，也不占用一次告知补正的机会。",
            ),
            sends_letter=False,
        ),
        TurnPage(
            act=Act.RETURN_TO_STEP,
            name="return",
            ask=_ask_return,
            do=_return,
            confirm="确认退回",
            done="已退回，期限继续计算。",
            points=("办理期限不停止、不重算。", "退回之后的意见仍保留在案卷里，标明不再作为决定依据。"),
            sends_letter=False,
        ),
        TurnPage(
            act=Act.DECLARE_NOT_NEEDED,
            name="not_needed",
            ask=_ask_not_needed,
            do=_not_needed,
            confirm="确认告知不受理",
            done="告知书已发给申请人。",
            points=(
                "依法不需要许可的，应当即时告知（行政许可法第32条第1款第1项）。",
                "告知书加盖专用印章、注明日期。",
            ),
        ),
        TurnPage(
            act=Act.DECLARE_NOT_COMPETENT,
            name="not_competent",
            ask=_ask_not_competent,
            do=_not_competent,
            confirm="确认不予受理",
            done="不予受理决定书已发给申请人。",
            points=(
                "不属于本机关职权的，应当即时决定，并告知向哪个机关申请（行政许可法第32条第1款第2项）。",
                "申请人会看到这个机关和它办理的事项。",
            ),
            wants={"organ": "请选择应当向哪个机关申请，或者写明它的名称。"},
        ),
        TurnPage(
            act=Act.REFUSE_FALSE_MATERIAL,
            name="false_material",
            ask=_ask_false_material,
            do=_false_material,
            confirm="确认作出处理决定",
            done="处理决定已作出，决定书已发给申请人。",
            points=("不予受理或者不予许可，并给予警告（行政许可法第78条）。",),
            danger=True,
        ),
        TurnPage(
            act=Act.TERMINATE,
            name="terminate",
            ask=_ask_termination,
            do=_terminate,
            confirm="确认终止办理",
            done="已终止办理，通知书已发出。",
            points=("终止后不再作出准予或者不予的决定。", "通知书写明理由、依据和救济途径。"),
            danger=True,
        ),
    )
}

_ASK_FOR: Final = {
    "reasons": "请写明理由。",
    "fields": "请至少勾选一处。",
    "words": "请写明哪里写错了、怎么改。",
    "target": "请选择退回到哪一步。",
    "slots": "请至少勾选一项。",
    "heard": "请写明当事人的陈述、申辩；没有陈述、申辩的，也请写明。",
    "overdue_reason": "请说明逾期理由。",
    "ground": "请选择终止的情形。",
    "basis": "请写明法律依据。",
}


def missing_answers(page: TurnPage, specs: list[FieldSpec], typed: Typed) -> dict[str, list[str]]:
    """Return what still must be answered, by field; a choice that isn't offered counts as none."""
    missing = {
        spec.name: [_ASK_FOR.get(spec.name, "请填写。")]
        for spec in specs
        if spec.required and not _answered(spec, typed.get(spec.name))
    }
    if page.act is Act.DECLARE_NOT_COMPETENT and not (typed.get("organ") or typed.get("organ_name")):
        missing["organ" if typed.get("organ") is not None else "organ_name"] = [page.wants["organ"]]
    return missing


def _answered(spec: FieldSpec, answer: object) -> bool:
    offered = {value for value, _ in spec.options}
    if spec.type == "checkboxes":
        return isinstance(answer, list) and bool(answer) and set(answer) <= offered
    if spec.options:
        return answer in offered
    return bool(answer)
