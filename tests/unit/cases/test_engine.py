"""What may follow what: the table of the law, and everything outside it refused."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide
from suban.cases.rules.frames import FRAMES, find_move, possible_acts
from suban.cases.rules.state import evolve
from suban.cases.types import Act, Channel, CorrectionItem, Ground, MaterialKind, Seat, State
from suban.catalogue.types import DeliveryChannel, Frame, Trust

ITEM = CorrectionItem(slot="photo", defect="照片模糊", basis="办事指南")

COMMANDS: dict[Act, c.Command] = {
    Act.PREPARE: c.ConfirmForm(commitment="x"),
    Act.DISCARD: c.Discard(),
    Act.CHANGE_CHANNEL: c.ChangeChannel(channel=Channel.COUNTER, present="person:a", capacity="self"),
    Act.SUBMIT: c.Submit(official_number="n", channel=Channel.ONLINE, delivery=DeliveryChannel.POST),
    Act.COMPLETE_FILING: c.CompleteFiling(result_number="p"),
    Act.REQUEST_CORRECTION: c.RequestCorrection(items=(ITEM,), commitment="x"),
    Act.SUBMIT_CORRECTION: c.SubmitCorrection(),
    Act.ACCEPT: c.Accept(),
    Act.DEEM_ACCEPTED: c.DeemAccepted(),
    Act.GRANT_ON_SPOT: c.GrantOnSpot(),
    Act.START_REVIEW: c.StartReview(),
    Act.COMPLETE_STEP: c.CompleteStep(step="examine", agrees=True, commitment="x"),
    Act.START_PROCEDURE: c.StartProcedure(
        key="k", kind="expert_review", days=10, reason="复杂", commitment="x"
    ),
    Act.END_PROCEDURE: c.EndProcedure(key="k", result="通过", commitment="x"),
    Act.GRANT: c.Grant(),
    Act.REFUSE: c.Refuse(reasons="不符合条件", commitment="x"),
    Act.WITHDRAW: c.Withdraw(),
    Act.ISSUE: c.Issue(result="licence:1"),
    Act.DISPATCH: c.Dispatch(way=DeliveryChannel.POST, parcel="parcel:1"),
    Act.FAIL_DELIVERY: c.FailDelivery(parcel="", why="退回"),
    Act.SERVE: c.Serve(served_at=None, served_on=date(2017, 10, 18), capacity="addressee", parcel=""),
    Act.CLOSE: c.Close(),
    Act.DECLARE_NOT_NEEDED: c.DeclareNotNeeded(reasons="不需要许可", commitment="x"),
    Act.DECLARE_NOT_COMPETENT: c.DeclareNotCompetent(
        organ="", organ_name="省药监局", reasons="属于省级职权", commitment="x"
    ),
    Act.OFFER_MENDING: c.OfferMending(fields=("school",), words="漏字", commitment="x"),
    Act.CORRECT_ON_SPOT: c.CorrectOnSpot(fields=("school",), commitment="x"),
    Act.RETURN_TO_STEP: c.ReturnToStep(step="examine", target="examine", reasons="没有查清", commitment="x"),
    Act.REFUSE_FALSE_MATERIAL: c.RefuseFalseMaterial(
        slots=("health_proof",), reasons="伪造", heard="没有陈述", commitment="x", heard_commitment="y"
    ),
    Act.RECONSIDER: c.Reconsider(wish="撤销", reasons="不符", commitment="x"),
    Act.TERMINATE: c.Terminate(
        ground=Ground.APPLICANT_GONE, basis="办法第十条", reasons="申请人死亡", commitment="x"
    ),
}
EVERYBODY = frozenset(seat.value for seat in Seat)


def test_every_act_has_a_command():
    assert COMMANDS.keys() == set(Act)


@pytest.mark.parametrize(
    ("frame", "state", "act"),
    sorted(
        (frame, state, act)
        for frame, table in FRAMES.items()
        for state, act in set(product(State, Act)) - set(table)
    ),
)
def test_what_the_law_does_not_know_is_refused(case, make_context, frame, state, act):
    somewhere = replace(case, frame=frame, state=state)
    almighty = make_context(roles=EVERYBODY, is_party=True, is_system=True)

    with pytest.raises(errors.MoveNotAllowedError) as refusal:
        decide(somewhere, COMMANDS[act], almighty)

    assert refusal.value.code == "case.move_not_allowed"
    assert refusal.value.fields == {"state": state, "act": act}


@pytest.mark.parametrize(
    ("frame", "state", "act"),
    sorted((frame, state, act) for frame, table in FRAMES.items() for state, act in table),
)
def test_nobody_may_take_anothers_seat(case, make_context, frame, state, act):
    seat = FRAMES[frame][state, act].seat
    wrong = make_context(
        roles=EVERYBODY - {seat.value, "examiner", "dispatcher"}
        if seat in {Seat.STEP, Seat.SYSTEM}
        else EVERYBODY - {seat.value},
        is_party=seat is not Seat.APPLICANT,
        is_system=seat is not Seat.SYSTEM,
    )

    with pytest.raises(errors.NotYourSeatError):
        decide(replace(case, frame=frame, state=state), COMMANDS[act], wrong)


@pytest.mark.parametrize("frame", list(Frame))
def test_every_state_can_be_left_or_is_an_end(frame):
    ends = {State.DISCARDED, State.CLOSED, State.WITHDRAWN}
    reached = {move.to for move in FRAMES[frame].values() if move.to}

    stuck = {state for state in reached if not possible_acts(frame, state)} - ends

    assert not stuck


def test_every_move_names_its_article_unless_no_statute_has_one():
    without = {
        frame: {act for (_, act), move in table.items() if not move.article}
        for frame, table in FRAMES.items()
    }

    assert without[Frame.LICENCE] == {Act.DISCARD, Act.WITHDRAW, Act.TERMINATE}
    assert without[Frame.FILING] == {
        Act.DISCARD,
        Act.WITHDRAW,
        Act.DISPATCH,
        Act.SERVE,
        Act.FAIL_DELIVERY,
        Act.CLOSE,
    }


def play(case, commands, make_context, **context):
    """Do the commands one after the other and return the case."""
    for command in commands:
        for fact in decide(case, command, make_context(**context)):
            case = evolve(case, fact, by=context.get("actor", "staff:1"))
    return case


def test_acceptance_opens_the_review_and_draws_an_officer(case, make_context):
    context = make_context(roles={"clerk"}, eligible={"examine": ("staff:7", "staff:8")}, seed="s")

    facts = decide(case, c.Accept(), context)

    assert [type(fact) for fact in facts] == [e.CaseAccepted, e.ReviewStarted, e.StepAssigned]
    assert facts[-1].staff in {"staff:7", "staff:8"}


def test_acceptance_waits_for_every_required_material(case, make_context):
    problem = {"where": "material", "key": "photo", "message": "缺少照片。"}

    with pytest.raises(errors.IncompleteApplicationError) as refusal:
        decide(case, c.Accept(), make_context(roles={"clerk"}, problems=(problem,)))

    assert refusal.value.fields["problems"] == [problem]


def review(case, make_context):
    accepted = play(case, [c.Accept()], make_context, actor="staff:clerk", roles={"clerk"})
    return play(
        accepted,
        [c.CompleteStep(step="examine", agrees=True, commitment="x")],
        make_context,
        actor="staff:examiner",
        roles={"examiner"},
    )


def test_the_last_opinion_makes_the_proposal(case, make_context):
    proposed = review(case, make_context)

    assert proposed.state is State.PROPOSED
    assert proposed.proposal is True


def test_a_step_that_fell_to_a_colleague_is_the_colleagues(case, make_context):
    assigned = replace(
        case, state=State.REVIEW, accepted_on=date(2017, 10, 17), assigned={"examine": "staff:8"}
    )
    command = c.CompleteStep(step="examine", agrees=True, commitment="x")

    with pytest.raises(errors.NotYourSeatError):
        decide(assigned, command, make_context(actor="staff:7", roles={"examiner"}))


def test_whoever_accepted_does_not_decide(case, make_context):
    proposed = review(case, make_context)

    with pytest.raises(errors.SeparationOfDutiesError):
        decide(proposed, c.Grant(), make_context(actor="staff:clerk", roles={"decider"}))

    (granted,) = decide(proposed, c.Grant(), make_context(actor="staff:decider", roles={"decider"}))
    assert granted.decided_on == date(2017, 10, 17)


def test_a_refusal_has_reasons(case, make_context):
    proposed = review(case, make_context)

    with pytest.raises(errors.ReasonsMissingError):
        decide(
            proposed, c.Refuse(reasons=" ", commitment="x"), make_context(actor="staff:d", roles={"decider"})
        )


def test_a_late_decision_says_why(case, make_context):
    proposed = review(case, make_context)
    late = make_context(today=date(2017, 11, 15), actor="staff:d", roles={"decider"})

    with pytest.raises(errors.ReasonsMissingError):
        decide(proposed, c.Grant(), late)

    assert decide(proposed, c.Grant(overdue_commitment="x"), late)


def test_corrections_are_asked_once_and_completely(case, make_context):
    asked = play(case, [COMMANDS[Act.REQUEST_CORRECTION]], make_context, roles={"clerk"})
    again = play(asked, [c.SubmitCorrection()], make_context, is_party=True)

    assert again.state is State.SUBMITTED
    with pytest.raises(errors.SecondCorrectionError):
        decide(again, COMMANDS[Act.REQUEST_CORRECTION], make_context(roles={"clerk"}))


@pytest.mark.parametrize(
    ("item", "refusal"),
    [
        (replace(ITEM, slot="blood_test"), errors.CorrectionOutsideListError),
        (replace(ITEM, defect=" "), errors.ReasonsMissingError),
        (replace(ITEM, basis=""), errors.ReasonsMissingError),
    ],
)
def test_a_correction_names_a_listed_material_its_defect_and_basis(case, make_context, item, refusal):
    with pytest.raises(refusal):
        decide(case, c.RequestCorrection(items=(item,), commitment="x"), make_context(roles={"clerk"}))


def test_a_correction_notice_comes_in_time_or_never(case, make_context):
    last_day, day_after = date(2017, 10, 24), date(2017, 10, 25)

    assert decide(case, COMMANDS[Act.REQUEST_CORRECTION], make_context(today=last_day, roles={"clerk"}))
    with pytest.raises(errors.CorrectionTooLateError):
        decide(case, COMMANDS[Act.REQUEST_CORRECTION], make_context(today=day_after, roles={"clerk"}))


def test_silence_accepts_from_the_day_of_receipt(case, make_context):
    with pytest.raises(errors.MoveNotAllowedError):
        decide(case, c.DeemAccepted(), make_context(today=date(2017, 10, 24), is_system=True))

    accepted = play(case, [c.DeemAccepted()], make_context, today=date(2017, 10, 25), is_system=True)

    assert accepted.deemed
    assert accepted.accepted_on == date(2017, 10, 17)


def test_only_what_was_asked_may_be_changed_in_a_correction(case, make_context):
    asked = play(case, [COMMANDS[Act.REQUEST_CORRECTION]], make_context, roles={"clerk"})
    add = c.AddMaterial(
        slot="photo",
        key="k",
        kind=MaterialKind.UPLOAD,
        level=Trust.UPLOADED,
        commitment="d",
        source="s",
    )

    assert decide(asked, add, make_context(is_party=True))
    with pytest.raises(errors.CorrectionOutsideListError):
        decide(asked, replace(add, slot="health_proof"), make_context(is_party=True))


@pytest.mark.parametrize("capacity", ["locker", "station", "other", "neighbour", ""])
def test_a_locker_or_neighbour_serves_nobody(case, make_context, capacity):
    sent = replace(case, state=State.DISPATCHED, decided_on=date(2017, 10, 17), parcel="parcel:1")
    command = replace(COMMANDS[Act.SERVE], capacity=capacity)

    with pytest.raises(errors.MoveNotAllowedError):
        decide(sent, command, make_context(is_system=True))


@pytest.mark.parametrize(("granted", "back"), [(True, State.ISSUED), (False, State.REFUSED)])
def test_a_returned_parcel_opens_delivery_again(case, make_context, granted, back):
    sent = replace(
        case,
        state=State.DISPATCHED,
        granted=granted,
        decided_on=date(2017, 10, 17),
        parcel="parcel:1",
    )

    returned = play(sent, [c.FailDelivery(parcel="parcel:1", why="退回")], make_context, is_system=True)

    assert returned.state is back
    assert not returned.parcel


@pytest.mark.parametrize("state", [State.GRANTED, State.REFUSED, State.ISSUED, State.SERVED])
def test_nobody_withdraws_what_is_decided(state):
    with pytest.raises(errors.MoveNotAllowedError):
        find_move(Frame.LICENCE, state, Act.WITHDRAW)


def test_a_filing_is_never_accepted_reviewed_or_refused():
    acts = {act for _, act in FRAMES[Frame.FILING]}

    assert not acts & {Act.ACCEPT, Act.DEEM_ACCEPTED, Act.START_REVIEW, Act.GRANT, Act.REFUSE}
