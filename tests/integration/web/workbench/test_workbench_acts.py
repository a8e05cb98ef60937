"""What officers do on their pages, and what they are told when it can't be done."""

from datetime import timedelta

from suban.cases.queries.worklists import list_worklist
from suban.cases.services.handling import accept_case, complete_step
from suban.cases.types import State
from suban.identity.services import grant_role
from suban.identity.types import SYSTEM, Role
from suban.kernel.clock import civil_day


def seq_of(file_of, number: str) -> str:
    return str(file_of("shouli", number).seq)


def bring_to_decision(actor, number: str, at) -> None:
    accept_case(actor=actor("shouli"), number=number, at=at)
    examiner = find_examiner(actor, at)
    complete_step(actor=examiner, number=number, step="examine", agrees=True, opinion="材料真实有效。", at=at)


def find_examiner(actor, at):
    return next(
        officer
        for officer in (actor("shencha"), actor("shencha2"))
        if list_worklist(actor=officer, view="mine", today=civil_day(at)).lines
    )


def test_a_clerk_accepts_and_the_officer_of_the_lot_gives_the_opinion(
    desk, number: str, file_of, actor, at
) -> None:
    accepted = desk("shouli").post(f"/workbench/cases/{number}/accept", {"seq": seq_of(file_of, number)})
    examiner = desk("shencha" if find_examiner(actor, at).ref == actor("shencha").ref else "shencha2")
    page = f"/workbench/cases/{number}/steps/examine"
    seq = seq_of(file_of, number)
    without_words = examiner.post(page, {"seq": seq, "agrees": "yes", "opinion": " "})
    given = examiner.post(page, {"seq": seq, "agrees": "yes", "opinion": "材料真实有效。"})

    assert accepted.status_code == 302
    assert without_words.status_code == 422
    assert "请选择同意或者不同意，并写明意见" in without_words.content.decode()
    assert given.status_code == 302
    assert file_of("shouli", number).state is State.PROPOSED
    assert "材料真实有效。" in desk("jueding").get(f"/workbench/cases/{number}").content.decode()


def test_of_two_who_press_the_second_is_told(desk, number: str, file_of, actor) -> None:
    first, second, seq = desk("shouli"), desk("shouli"), seq_of(file_of, number)

    pressed = first.post(f"/workbench/cases/{number}/accept", {"seq": seq})
    too_late = second.post(f"/workbench/cases/{number}/accept", {"seq": seq})

    assert pressed.status_code == 302
    assert too_late.status_code == 409
    assert "这个办件有了新的进展" in too_late.content.decode()


def test_the_engine_tells_as_well_when_the_page_knew_and_pressed_anyway(desk, number: str, file_of) -> None:
    clerk = desk("shouli")
    clerk.post(f"/workbench/cases/{number}/accept", {"seq": seq_of(file_of, number)})

    again = clerk.post(f"/workbench/cases/{number}/accept", {"seq": seq_of(file_of, number)})

    assert again.status_code == 409
    assert "申请正在审查" in again.content.decode()


def test_a_correction_notice_is_shown_before_it_is_sent(desk, number: str, file_of) -> None:
    clerk, page = desk("shouli"), f"/workbench/cases/{number}/correction"
    typed = {
        "seq": seq_of(file_of, number),
        "tick": ["health_proof"],
        "common-health_proof": ["unclear"],
        "words-health_proof": "公章处看不清。",
        "basis-health_proof": "执业药师注册管理办法",
    }

    nothing = clerk.post(page, {"seq": typed["seq"], "stage": "preview"})
    shown = clerk.post(page, {**typed, "stage": "preview"})
    state_while_shown = file_of("shouli", number).state
    sent = clerk.post(page, {**typed, "stage": "send"})

    assert nothing.status_code == 422
    assert "请至少勾选一处" in nothing.content.decode()
    assert "图像不清晰，关键内容无法辨认；公章处看不清。" in shown.content.decode()
    assert "第三十二条第一款第四项" in shown.content.decode()
    assert state_while_shown is State.SUBMITTED
    assert sent.status_code == 302
    after = file_of("shouli", number)
    assert after.state is State.CORRECTION
    assert "公章处看不清" in after.defects[0].text


def test_a_tick_without_words_is_sent_back_with_what_was_typed(desk, number: str, file_of) -> None:
    answer = desk("shouli").post(
        f"/workbench/cases/{number}/correction",
        {"seq": seq_of(file_of, number), "tick": ["photo", "form"], "words-form": "单位名称有误。"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "哪里需要补正" in page
    assert "单位名称有误。" in page


def test_a_second_correction_is_not_offered(desk, number: str, file_of) -> None:
    clerk, page = desk("shouli"), f"/workbench/cases/{number}/correction"
    form = {"seq": seq_of(file_of, number), "tick": "photo", "words-photo": "看不清", "stage": "send"}
    clerk.post(page, form)

    answer = clerk.get(page, follow=True)

    assert answer.redirect_chain[0][0] == f"/workbench/cases/{number}"
    assert "不能办理" in answer.content.decode()


def test_a_grant_is_shown_as_its_letter_and_signed_by_another_seat(
    desk, number: str, file_of, actor, at
) -> None:
    bring_to_decision(actor, number, at)
    decider, page = desk("jueding"), f"/workbench/cases/{number}/grant"

    shown = decider.get(page).content.decode()
    sent = decider.post(page, {"seq": seq_of(file_of, number), "stage": "send"})

    assert "准予行政许可决定书" in shown
    assert "受理人" in shown
    assert "收件员甲" in shown
    assert sent.status_code == 302
    assert file_of("shouli", number).state is State.GRANTED


def test_who_accepted_may_not_decide(desk, number: str, file_of, actor, at) -> None:
    clerk = actor("shouli")
    organ = next(iter(clerk.organs_for(Role.CLERK)))
    bring_to_decision(actor, number, at)
    grant_role(staff=clerk.ref, role=Role.DECIDER, organ=organ, by=SYSTEM, at=at)

    answer = desk("shouli").post(
        f"/workbench/cases/{number}/grant", {"seq": seq_of(file_of, number), "stage": "send"}
    )

    assert answer.status_code == 422
    assert "受理人不能同时作出决定" in answer.content.decode()
    assert file_of("shouli", number).state is State.PROPOSED


def test_a_refusal_needs_reasons_and_names_the_remedies(desk, number: str, file_of, actor, at) -> None:
    bring_to_decision(actor, number, at)
    decider, page = desk("jueding"), f"/workbench/cases/{number}/refuse"
    seq = seq_of(file_of, number)

    without = decider.post(page, {"seq": seq, "stage": "preview", "reasons": ""})
    shown = decider.post(page, {"seq": seq, "stage": "preview", "reasons": "健康证明不符合要求。"})
    sent = decider.post(page, {"seq": seq, "stage": "send", "reasons": "健康证明不符合要求。"})

    assert without.status_code == 422
    assert "不予许可应当说明理由" in without.content.decode()
    assert "理由：健康证明不符合要求。" in shown.content.decode()
    assert "申请行政复议" in shown.content.decode()
    assert sent.status_code == 302
    assert file_of("shouli", number).state is State.REFUSED


def test_a_late_decision_says_why(desk, number: str, file_of, actor, at, clock) -> None:
    bring_to_decision(actor, number, at)
    clock.move_to(at + timedelta(days=90))
    decider, page = desk("jueding"), f"/workbench/cases/{number}/grant"
    seq = seq_of(file_of, number)

    asked = decider.get(page)
    without = decider.post(page, {"seq": seq, "stage": "send"})
    shown = decider.post(page, {"seq": seq, "stage": "preview", "overdue_reason": "系统升级。"})

    assert "逾期理由" in asked.content.decode()
    assert without.status_code == 422
    assert "本决定超过法定期限作出，理由：系统升级。" in shown.content.decode()
    assert file_of("shouli", number).state is State.PROPOSED


def test_a_refresh_of_an_act_leads_back_to_the_case(desk, number: str) -> None:
    answer = desk("shouli").get(f"/workbench/cases/{number}/accept")

    assert answer["Location"] == f"/workbench/cases/{number}"


def test_the_dispatcher_prints_the_signed_result_and_sends_it(
    desk, number: str, file_of, actor, at, work
) -> None:
    bring_to_decision(actor, number, at)
    desk("jueding").post(
        f"/workbench/cases/{number}/grant", {"seq": seq_of(file_of, number), "stage": "send"}
    )
    work()
    dispatcher = desk("fazheng")

    page = dispatcher.get(f"/workbench/cases/{number}").content.decode()
    printed = dispatcher.get(f"/workbench/cases/{number}/result")
    letter = next(letter for letter in file_of("shouli", number).letters if letter.kind == "grant")
    read = dispatcher.get(f"/workbench/cases/{number}/letters/{letter.key}")
    sent = dispatcher.post(f"/workbench/cases/{number}/dispatch", {"seq": seq_of(file_of, number)})
    after = dispatcher.get(f"/workbench/cases/{number}").content.decode()

    assert "打印执业药师注册证" in page
    assert b"".join(printed.streaming_content).startswith(b"%PDF")
    assert b"".join(read.streaming_content).startswith(b"%PDF")
    assert sent.status_code == 302
    assert file_of("shouli", number).state is State.DISPATCHED
    assert "收件人" in after
    assert "林**" in after
