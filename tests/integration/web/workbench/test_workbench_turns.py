"""The pages of the turns beside the usual way, and what the applicant reads afterwards."""

from tests.integration.web.workbench.conftest import PNG
from tests.integration.web.workbench.test_workbench_acts import bring_to_decision, find_examiner, seq_of

from suban.cases.services.handling import accept_case, complete_step, request_correction
from suban.cases.services.materials import attach_material
from suban.cases.services.submission import submit_case
from suban.cases.services.turns import refuse_false_material
from suban.cases.types import CorrectionItem, State, Upload
from suban.demo.loading import MATTER
from suban.demo.province import city_organ

NANJING = city_organ("3201")


def page(number: str, name: str) -> str:
    return f"/workbench/cases/{number}/{name}"


def test_the_turns_are_offered_aside_to_whoever_may_take_them(desk, number: str) -> None:
    clerk = desk("shouli").get(f"/workbench/cases/{number}").content.decode()
    decider = desk("jueding").get(f"/workbench/cases/{number}").content.decode()

    assert "其他处理" in clerk
    for name in ("not-needed", "not-competent", "mending"):
        assert page(number, name) in clerk
        assert page(number, name) not in decider
    for name in ("false-material", "terminate"):
        assert page(number, name) in decider
        assert page(number, name) not in clerk


def test_what_needs_no_licence_is_shown_as_its_letter_and_then_sent(desk, number: str, file_of) -> None:
    clerk, address = desk("shouli"), page(number, "not-needed")
    seq = seq_of(file_of, number)

    empty = clerk.post(address, {"seq": seq, "stage": "preview", "reasons": " "})
    letter = clerk.post(address, {"seq": seq, "stage": "preview", "reasons": "只卖保健品。"})
    back = clerk.post(address, {"seq": seq, "stage": "write", "reasons": "只卖保健品。"})
    sent = clerk.post(address, {"seq": seq, "stage": "send", "reasons": "只卖保健品。"})

    assert empty.status_code == 422
    assert "请写明理由" in empty.content.decode()
    assert "不受理告知书" in letter.content.decode()
    assert "只卖保健品。" in letter.content.decode()
    assert "只卖保健品。</textarea>" in back.content.decode()
    assert sent.status_code == 302
    assert file_of("shouli", number).state is State.NOT_NEEDED
    told = desk("yaoshi").get(f"/me/cases/{number}").content.decode()
    assert "这件事不需要许可" in told
    assert "您可以怎么办" in told


def test_the_right_organ_is_found_by_name_and_the_applicant_is_led_there(desk, number: str, file_of) -> None:
    clerk, address = desk("shouli"), page(number, "not-competent")
    seq = seq_of(file_of, number)

    same = clerk.get(address).content.decode()
    found = clerk.post(address, {"seq": seq, "stage": "find", "find": "苏州"}).content.decode()
    nobody = clerk.post(address, {"seq": seq, "stage": "preview", "reasons": "在南京执业。"})
    sent = clerk.post(
        address, {"seq": seq, "stage": "send", "organ": NANJING, "organ_name": "", "reasons": "在南京执业。"}
    )

    assert "南京市市场监督管理局" in same
    assert "苏州市市场监督管理局" in found
    assert "无锡市市场监督管理局" not in found
    assert nobody.status_code == 422
    assert sent.status_code == 302
    told = desk("yaoshi").get(f"/me/cases/{number}").content.decode()
    assert "请向南京市市场监督管理局（演示）申请" in told
    assert f"/organs/{NANJING}" in told
    assert "执业药师首次注册" in told


def test_an_organ_that_was_never_offered_is_no_choice(desk, number: str, file_of) -> None:
    given = {"seq": seq_of(file_of, number), "stage": "send", "organ": "<script>", "reasons": "不归我们管。"}

    answer = desk("shouli").post(page(number, "not-competent"), given)

    assert answer.status_code == 422
    assert file_of("shouli", number).state is State.SUBMITTED


def test_a_slip_is_mended_by_the_applicant_alone(desk, number: str, file_of) -> None:
    given = {"seq": seq_of(file_of, number), "stage": "send", "fields": ["school"], "words": "学校名称漏字。"}
    offered = desk("shouli").post(page(number, "mending"), given)
    applicant, address = desk("yaoshi"), f"/me/cases/{number}/mending"

    asked = applicant.get(address).content.decode()
    empty = applicant.post(address, {"school": ""})
    mended = applicant.post(address, {"school": "江苏省示例药科大学", "major": "中药学"})

    assert offered.status_code == 302
    assert "学校名称漏字。" in asked
    assert 'name="school"' in asked
    assert 'name="major"' not in asked
    assert empty.status_code == 422
    assert mended.status_code == 302
    answers = file_of("shouli", number).answers
    assert (answers["school"], answers["major"]) == ("江苏省示例药科大学", "药学")
    assert applicant.get(address).status_code == 302


def test_the_page_says_that_there_is_no_second_notice(desk, number: str, actor, at) -> None:
    item = CorrectionItem(slot="photo", defect="模糊", basis="办事指南")
    request_correction(actor=actor("shouli"), number=number, items=[item], at=at)
    applicant = actor("yaoshi")
    upload = Upload(name="新.png", content=[PNG])
    attach_material(actor=applicant, number=number, slot="photo", upload=upload, limit=1_000_000, at=at)
    submit_case(actor=applicant, number=number, at=at)
    clerk = desk("shouli")

    shown = clerk.get(f"/workbench/cases/{number}").content.decode()

    assert "不能再次要求补正" in shown
    assert page(number, "correction") not in shown
    assert clerk.get(page(number, "correction")).status_code == 302


def test_the_decider_sends_back_and_the_case_shows_which_opinion_counts(
    desk, number: str, file_of, actor, at
) -> None:
    bring_to_decision(actor, number, at)
    given = {
        "seq": seq_of(file_of, number),
        "stage": "send",
        "target": "examine",
        "reasons": "没有核对范围。",
    }

    sent = desk("jueding").post(page(number, "return"), given)

    assert sent.status_code == 302
    shown = desk("jueding").get(f"/workbench/cases/{number}").content.decode()
    assert "已退回，不再作为依据" in shown
    assert "没有核对范围。" in shown
    told = desk("yaoshi").get(f"/me/cases/{number}").content.decode()
    assert "退回材料审查重新审查" in told
    assert "没有核对范围。" not in told
    examiner = find_examiner(actor, at)
    complete_step(actor=examiner, number=number, step="examine", agrees=True, opinion="已核对。", at=at)


def test_false_material_is_charged_and_the_guide_then_says_until_when(
    desk, number: str, file_of, actor, at
) -> None:
    bring_to_decision(actor, number, at)
    decider, address = desk("jueding"), page(number, "false-material")
    given = {
        "seq": seq_of(file_of, number),
        "slots": ["health_proof"],
        "reasons": "医院证实没有出具过。",
        "heard": "承认，没有申辩。",
    }

    letter = decider.post(address, {**given, "stage": "preview"}).content.decode()
    sent = decider.post(address, {**given, "stage": "send"})

    assert "给予警告" in letter
    assert "2027年11月23日止" in letter
    assert sent.status_code == 302
    applicant = desk("yaoshi")
    told = applicant.get(f"/me/cases/{number}").content.decode()
    assert "到 2027 年 11 月 23 日止，您不能再次申请" in told
    know = applicant.get(f"/matters/{MATTER}/apply").content.decode()
    assert "现在还不能申请" in know
    refused = applicant.post(f"/matters/{MATTER}/apply", {"key": "k1"})
    assert refused.status_code == 400
    assert "行政许可法 第七十八条" in refused.content.decode()


def test_who_accepted_makes_no_decision_on_false_material(desk, number: str, actor, at) -> None:
    accept_case(actor=actor("shouli"), number=number, at=at)

    assert desk("shouli").get(page(number, "false-material")).status_code == 403


def test_a_procedure_is_ended_with_its_basis_and_limits_are_not_made_up(desk, number: str, file_of) -> None:
    decider, address = desk("jueding"), page(number, "terminate")
    given = {
        "seq": seq_of(file_of, number),
        "stage": "send",
        "reasons": "申请人去世。",
        "basis": "办法第十条。",
    }

    shown = decider.get(address).content.decode()
    made_up = decider.post(address, {**given, "ground": "quantity"})
    sent = decider.post(address, {**given, "ground": "applicant_gone"})

    assert "数量已经用完" not in shown
    assert made_up.status_code == 422
    assert sent.status_code == 302
    assert "办理已经终止" in desk("yaoshi").get(f"/me/cases/{number}").content.decode()


def test_of_two_turns_at_once_the_second_is_told(desk, number: str, file_of, actor, at) -> None:
    seq = seq_of(file_of, number)
    refuse_false_material(
        actor=actor("jueding"), number=number, slots=["photo"], reasons="伪造。", heard="无。", at=at
    )

    late = desk("shouli").post(
        page(number, "not-needed"), {"seq": seq, "stage": "send", "reasons": "不需要。"}, follow=True
    )

    assert "不予受理" in late.content.decode()
    assert file_of("shouli", number).ending.ending.kind == "false_material"
