"""What stands in a letter: its parts in order, in the words of the office, ready for any template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from suban.cases.rules.turn_words import TurnWords, turn_paragraphs
from suban.cases.types import FORM_SLOT, Deadline, Ending, Procedure
from suban.catalogue.rules import show_answer, visible_fields
from suban.catalogue.types import Frame, MatterDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that a letter may need."""

    kind: str
    title: str
    document_number: str
    issued_on: date
    party_name: str
    number: str
    official_number: str
    query_code: str
    received_on: date | None
    accepted_on: date | None
    definition: MatterDefinition
    materials: Sequence[tuple[str, str]] = ()
    defects: Sequence[tuple[str, str]] = ()
    reasons: str = ""
    overdue: str = ""
    procedure: Procedure | None = None
    result_number: str = ""
    deadlines: Sequence[Deadline] = ()
    ending: Ending | None = None
    heard: str = ""
    basis: str = ""


Block = dict[str, Any]


def letter_content(facts: LetterFacts, *, public_url: str) -> dict[str, Any]:
    """Return the data of the letter template: `paragraphs` and `tables` in order."""
    return {
        "title": facts.title,
        "organ": facts.definition.organ_name,
        "document_number": facts.document_number,
        "date": chinese_day(facts.issued_on),
        "addressee": facts.party_name,
        "blocks": _WRITE[facts.kind](facts),
        "number": facts.number,
        "url": f"{public_url}/track",
    }


def chinese_day(day: date) -> str:
    """Return a day as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows]}


def _what(facts: LetterFacts) -> str:
    return f"您申请的“{facts.definition.name}”（办件编号 {facts.official_number}）"


def _receipt(facts: LetterFacts) -> list[Block]:
    received = chinese_day(facts.received_on) if facts.received_on else ""
    return [
        _text(f"{_what(facts)}的申请材料已于 {received} 收到，清单如下。"),
        _table(("材料", "提供方式"), facts.materials),
        _text(f"申报号 {facts.number}，查询密码 {facts.query_code}，可以在网站“办件查询”中查看进度。"),
        *_deadline_lines(facts),
    ]


def _deadline_lines(facts: LetterFacts) -> list[Block]:
    words = {
        "notice": "告知是否需要补正",
        "promised": "作出决定（承诺）",
        "legal": "作出决定（法定）",
        "delivery": "送达",
    }
    return [
        _text(f"最迟 {chinese_day(due.due_on)}前{words[due.kind]}。")
        for due in facts.deadlines
        if due.kind in words
    ]


_CORRECTION_BASIS: Final = {
    Frame.LICENCE: "《中华人民共和国行政许可法》第三十二条第一款第四项",
    Frame.FILING: "《企业投资项目核准和备案管理条例》第十三条",
}


def _correction(facts: LetterFacts) -> list[Block]:
    return [
        _text(f"{_what(facts)}，经审核，申请材料不齐全或者不符合法定形式。依照"
              f"{_CORRECTION_BASIS[facts.definition.frame]}的规定，现将需要补正的全部内容一次告知如下。"),
        _table(("材料", "需要补正的内容和依据"), facts.defects),
        _text("补正后请在网上重新提交。提交后，办理期限自收到补正材料之日重新计算。"),
    ]  # fmt: skip


def _acceptance(facts: LetterFacts) -> list[Block]:
    accepted = chinese_day(facts.accepted_on) if facts.accepted_on else ""
    return [
        _text(f"{_what(facts)}，申请材料齐全、符合法定形式。依照《中华人民共和国行政许可法》第三十二条"
              f"第一款第五项的规定，本机关决定自 {accepted} 起予以受理。"),
        *_deadline_lines(facts),
    ]  # fmt: skip


def _deemed_acceptance(facts: LetterFacts) -> list[Block]:
    accepted = chinese_day(facts.accepted_on) if facts.accepted_on else ""
    return [
        _text(f"{_what(facts)}，本机关没有在法定期限内告知需要补正的内容。依照《中华人民共和国行政许可法》"
              f"第三十二条第一款第四项的规定，自收到申请材料之日（{accepted}）起即为受理。"),
        *_deadline_lines(facts),
    ]  # fmt: skip


def _grant(facts: LetterFacts) -> list[Block]:
    blocks = [
        _text(f"{_what(facts)}，经审查，符合法定条件、标准。依照《中华人民共和国行政许可法》第三十八条"
              "第一款的规定，本机关决定准予行政许可。"),
        _text(f"许可证件：{facts.definition.result.name}。"),
    ]  # fmt: skip
    if facts.overdue:
        blocks.append(_text(f"本决定超过法定期限作出，理由：{facts.overdue}"))
    return blocks


def _refusal(facts: LetterFacts) -> list[Block]:
    blocks = [
        _text(f"{_what(facts)}，经审查，不符合法定条件、标准。依照《中华人民共和国行政许可法》第三十八条"
              "第二款的规定，本机关决定不予行政许可。"),
        _text(f"理由：{facts.reasons}"),
    ]  # fmt: skip
    if facts.overdue:
        blocks.append(_text(f"本决定超过法定期限作出，理由：{facts.overdue}"))
    return [*blocks, _remedies(facts)]


def _remedies(facts: LetterFacts) -> Block:
    remedies = facts.definition.remedies
    return _text(
        f"如不服本决定，可以自收到本决定书之日起六十日内向{remedies.reconsideration_organ}申请行政复议，"
        f"也可以自收到之日起六个月内依法向{remedies.court}提起行政诉讼。",
    )


def _turn(facts: LetterFacts) -> list[Block]:
    if facts.ending is None:
        raise ValueError("this letter tells how a case ended")
    definition = facts.definition
    materials = [material.name for slot in facts.ending.slots if (material := definition.find_material(slot))]
    if FORM_SLOT in facts.ending.slots:
        materials.append("申请表填写内容")
    words = TurnWords(
        what=_what(facts),
        reasons=facts.reasons,
        heard=facts.heard,
        basis=facts.basis,
        overdue=facts.overdue,
        materials=tuple(materials),
        ban_article=definition.law_profile.article("reapply_ban_months"),
    )
    return [*(_text(paragraph) for paragraph in turn_paragraphs(facts.ending, words)), _remedies(facts)]


def _withdrawal(facts: LetterFacts) -> list[Block]:
    return [_text(f"{_what(facts)}，已按您的请求于 {chinese_day(facts.issued_on)} 撤回，本机关终止办理。")]


def _procedure_notice(facts: LetterFacts) -> list[Block]:
    procedure = facts.procedure
    if procedure is None:
        raise ValueError("a notice of a special procedure tells of one")
    return [
        _text(f"{_what(facts)}，在审查中依法需要进行{procedure.name}。理由：{facts.reasons}"),
        _text(f"{procedure.name}自 {chinese_day(procedure.started_on)} 开始，预计到"
              f" {chinese_day(procedure.expected_on)} 结束。依照《中华人民共和国行政许可法》第四十五条的"
              "规定，所需时间不计算在作出决定的期限内，现书面告知。"),
        _text("结束以后，作出决定的期限继续计算，届时另行通知您。您可以在网站“办件查询”中查看期限是怎么算的。"),
    ]  # fmt: skip


_WRITE: Final[dict[str, Callable[[LetterFacts], list[Block]]]] = {
    "receipt": _receipt,
    "correction_notice": _correction,
    "acceptance": _acceptance,
    "deemed_acceptance": _deemed_acceptance,
    "procedure_notice": _procedure_notice,
    "grant": _grant,
    "refusal": _refusal,
    "not_needed": _turn,
    "not_competent": _turn,
    "false_material": _turn,
    "termination": _turn,
    "withdrawal": _withdrawal,
}


def form_content(
    definition: MatterDefinition,
    answers: Mapping[str, Any],
    *,
    number: str,
    on: date,
) -> dict[str, Any]:
    """Return the data of the form document: every answered question, by section."""
    shown = {field.name for field in visible_fields(definition, answers, on=on)}
    sections = [
        {
            "title": section.title,
            "rows": [
                [field.label, show_answer(field, answers.get(field.name))]
                for field in section.fields
                if field.name in shown
            ],
        }
        for section in definition.form
    ]
    generated = next((material.name for material in definition.materials if material.generated), "申请表")
    return {
        "title": generated,
        "matter": definition.name,
        "organ": definition.organ_name,
        "number": number,
        "date": chinese_day(on),
        "sections": [section for section in sections if section["rows"]],
    }
