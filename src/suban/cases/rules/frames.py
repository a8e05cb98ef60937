"""The procedural frames: for each, the table of every act that its statute knows.

What isn't in a table is refused. The move numbers T01 to T31 are those of docs/law/licence.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from suban.cases.errors import MoveNotAllowedError
from suban.cases.types import Act, Seat, State
from suban.catalogue.types import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One permitted act: who does it, where it leads, and under which article.

    `to` is None where the act leaves the state as it is, or where the facts decide (a review step
    may be the last one; a returned parcel leads back to where it came from).
    """

    number: str
    to: State | None
    seat: Seat
    article: str


Table = Mapping[tuple[State, Act], Move]


def _move(number: str, to: State | None, seat: Seat, article: str) -> Move:
    return Move(number=number, to=to, seat=seat, article=article)


# Preparing, delivering and putting away are the same in every frame: they follow from the application
# having been made and the result having to reach the applicant, not from the kind of act.
_OWN_CHANNEL: Final = "优化营商环境条例第37条"
_DRAFTING: Final = {
    (State.DRAFT, Act.PREPARE): _move("T01", None, Seat.APPLICANT, "行政许可法第29条"),
    (State.DRAFT, Act.CHANGE_CHANNEL): _move("T01", None, Seat.APPLICANT, _OWN_CHANNEL),
    (State.DRAFT, Act.DISCARD): _move("T01", State.DISCARDED, Seat.APPLICANT, ""),
}


def _delivering(delivery: str, publication: str) -> dict[tuple[State, Act], Move]:
    """Return the way of a result to the door, under the articles that the frame's statute has for it."""
    return {
        (State.ISSUED, Act.DISPATCH): _move("T29", State.DISPATCHED, Seat.DISPATCHER, delivery),
        (State.ISSUED, Act.SERVE): _move("T30", State.SERVED, Seat.SYSTEM, "电子签名法第11条"),
        (State.DISPATCHED, Act.SERVE): _move("T30", State.SERVED, Seat.SYSTEM, delivery),
        (State.DISPATCHED, Act.FAIL_DELIVERY): _move("T29", None, Seat.SYSTEM, delivery),
        (State.SERVED, Act.CLOSE): _move("T31", State.CLOSED, Seat.SYSTEM, publication),
    }


# The turns beside the usual way: told, mended, sent back, ended early.
_TURNS: Final = {
    (State.SUBMITTED, Act.DECLARE_NOT_NEEDED): _move(
        "T02", State.NOT_NEEDED, Seat.CLERK, "行政许可法第32条第1款第1项"
    ),
    (State.SUBMITTED, Act.DECLARE_NOT_COMPETENT): _move(
        "T03", State.NOT_ACCEPTED, Seat.CLERK, "行政许可法第32条第1款第2项"
    ),
    (State.SUBMITTED, Act.OFFER_MENDING): _move("T04", None, Seat.CLERK, "行政许可法第32条第1款第3项"),
    (State.SUBMITTED, Act.CORRECT_ON_SPOT): _move("T04", None, Seat.APPLICANT, "行政许可法第32条第1款第3项"),
    (State.REVIEW, Act.RETURN_TO_STEP): _move("T22", State.REVIEW, Seat.STEP, "行政许可法第34条、第37条"),
    (State.PROPOSED, Act.RETURN_TO_STEP): _move(
        "T22", State.REVIEW, Seat.DECIDER, "行政许可法第34条、第37条"
    ),
    (State.SUBMITTED, Act.REFUSE_FALSE_MATERIAL): _move(
        "T25", State.NOT_ACCEPTED, Seat.DECIDER, "行政许可法第78条"
    ),
    **{
        (state, Act.REFUSE_FALSE_MATERIAL): _move("T25", State.REFUSED, Seat.DECIDER, "行政许可法第78条")
        for state in (State.ACCEPTED, State.REVIEW, State.PROPOSED)
    },
    # No statute gives termination in general: the ground and its basis stand in the notice.
    **{
        (state, Act.TERMINATE): _move("T27", State.TERMINATED, Seat.DECIDER, "")
        for state in (State.SUBMITTED, State.CORRECTION, State.ACCEPTED, State.REVIEW, State.PROPOSED)
    },
    **{
        (state, Act.DISPATCH): _move(
            "T29", State.DISPATCHED, Seat.DISPATCHER, "行政许可法第32条第2款、第44条"
        )
        for state in (State.NOT_NEEDED, State.NOT_ACCEPTED, State.TERMINATED)
    },
    **{
        (state, Act.SERVE): _move("T30", State.SERVED, Seat.SYSTEM, "电子签名法第11条")
        for state in (State.NOT_NEEDED, State.NOT_ACCEPTED, State.TERMINATED)
    },
}

# Against a decision, or against silence: which of the two it is, the facts decide.
_REMEDIES: Final = {
    (state, Act.RECONSIDER): _move("R01", None, Seat.APPLICANT, "行政复议法第11条、第20条")
    for state in (
        State.ACCEPTED,
        State.REVIEW,
        State.PROPOSED,
        State.REFUSED,
        State.NOT_NEEDED,
        State.NOT_ACCEPTED,
        State.TERMINATED,
        State.DISPATCHED,
        State.SERVED,
        State.CLOSED,
    )
}

_LICENCE: Final = {
    **_DRAFTING,
    **_TURNS,
    **_REMEDIES,
    **_delivering("行政许可法第44条", "行政许可法第40条"),
    (State.DRAFT, Act.SUBMIT): _move("T01", State.SUBMITTED, Seat.APPLICANT, "行政许可法第29条、第31条"),
    (State.SUBMITTED, Act.REQUEST_CORRECTION): _move(
        "T05",
        State.CORRECTION,
        Seat.CLERK,
        "行政许可法第32条第1款第4项",
    ),
    (State.CORRECTION, Act.PREPARE): _move("T06", None, Seat.APPLICANT, "行政许可法第32条第1款第5项"),
    (State.CORRECTION, Act.CHANGE_CHANNEL): _move("T06", None, Seat.APPLICANT, _OWN_CHANNEL),
    (State.CORRECTION, Act.SUBMIT_CORRECTION): _move(
        "T06",
        State.SUBMITTED,
        Seat.APPLICANT,
        "行政许可法第32条第1款第5项",
    ),
    (State.SUBMITTED, Act.ACCEPT): _move("T09", State.ACCEPTED, Seat.CLERK, "行政许可法第32条第1款第5项"),
    (State.SUBMITTED, Act.DEEM_ACCEPTED): _move(
        "T10",
        State.ACCEPTED,
        Seat.SYSTEM,
        "行政许可法第32条第1款第4项",
    ),
    (State.ACCEPTED, Act.GRANT_ON_SPOT): _move("T11", State.GRANTED, Seat.EXAMINER, "行政许可法第34条第2款"),
    (State.ACCEPTED, Act.START_REVIEW): _move("T12", State.REVIEW, Seat.SYSTEM, "行政许可法第34条第1款"),
    (State.REVIEW, Act.COMPLETE_STEP): _move("T22", None, Seat.STEP, "行政许可法第34条、第37条"),
    (State.REVIEW, Act.START_PROCEDURE): _move("T14", None, Seat.EXAMINER, "行政许可法第45条"),
    (State.REVIEW, Act.END_PROCEDURE): _move("T15", None, Seat.EXAMINER, "行政许可法第45条"),
    (State.PROPOSED, Act.GRANT): _move("T23", State.GRANTED, Seat.DECIDER, "行政许可法第38条第1款"),
    (State.PROPOSED, Act.REFUSE): _move("T24", State.REFUSED, Seat.DECIDER, "行政许可法第38条第2款"),
    **{
        (state, Act.WITHDRAW): _move("T26", State.WITHDRAWN, Seat.APPLICANT, "")
        for state in (State.SUBMITTED, State.CORRECTION, State.ACCEPTED, State.REVIEW, State.PROPOSED)
    },
    (State.GRANTED, Act.ISSUE): _move("T28", State.ISSUED, Seat.SYSTEM, "行政许可法第39条"),
    (State.REFUSED, Act.DISPATCH): _move("T29", State.DISPATCHED, Seat.DISPATCHER, "行政许可法第44条"),
    (State.REFUSED, Act.SERVE): _move("T30", State.SERVED, Seat.SYSTEM, "电子签名法第11条"),
}

_FILING_ARTICLE: Final = "企业投资项目核准和备案管理条例第13条"

# A filing is complete when the required information is received: nothing is accepted, examined or decided.
_FILING: Final = {
    **_DRAFTING,
    **_delivering("", ""),  # the regulation on filings says nothing about papers
    (State.DRAFT, Act.SUBMIT): _move("F01", State.SUBMITTED, Seat.APPLICANT, _FILING_ARTICLE),
    (State.SUBMITTED, Act.COMPLETE_FILING): _move(
        "F02", State.FILED, Seat.SYSTEM, _FILING_ARTICLE,
    ),
    (State.SUBMITTED, Act.REQUEST_CORRECTION): _move(
        "F03", State.CORRECTION, Seat.CLERK, _FILING_ARTICLE,
    ),
    (State.CORRECTION, Act.PREPARE): _move("F04", None, Seat.APPLICANT, _FILING_ARTICLE),
    (State.CORRECTION, Act.CHANGE_CHANNEL): _move("F04", None, Seat.APPLICANT, _OWN_CHANNEL),
    (State.CORRECTION, Act.SUBMIT_CORRECTION): _move(
        "F04", State.SUBMITTED, Seat.APPLICANT, _FILING_ARTICLE,
    ),
    (State.SUBMITTED, Act.WITHDRAW): _move("F05", State.WITHDRAWN, Seat.APPLICANT, ""),
    (State.CORRECTION, Act.WITHDRAW): _move("F05", State.WITHDRAWN, Seat.APPLICANT, ""),
    (State.FILED, Act.ISSUE): _move("F06", State.ISSUED, Seat.SYSTEM, _FILING_ARTICLE),
}  # fmt: skip

FRAMES: Final[Mapping[Frame, Table]] = MappingProxyType(
    {Frame.LICENCE: MappingProxyType(_LICENCE), Frame.FILING: MappingProxyType(_FILING)},
)

_WHY_NOT: Final = {
    State.DRAFT: "申请还没有提交。",
    State.DISCARDED: "这份草稿已经删除。",
    State.SUBMITTED: "申请已提交，等待受理。",
    State.CORRECTION: "已发补正通知，等待申请人补正。",
    State.ACCEPTED: "申请已经受理。",
    State.REVIEW: "申请正在审查。",
    State.PROPOSED: "审查已完成，等待决定。",
    State.GRANTED: "已经作出准予决定。",
    State.REFUSED: "已经作出不予决定。",
    State.FILED: "备案已经完成。",
    State.ISSUED: "证照已经制好。",
    State.DISPATCHED: "结果已经寄出或待领取。",
    State.SERVED: "结果已经送达。",
    State.CLOSED: "办件已经归档。",
    State.WITHDRAWN: "申请已经撤回。",
    State.NOT_NEEDED: "已经告知不需要许可。",
    State.NOT_ACCEPTED: "已经决定不予受理。",
    State.TERMINATED: "办理已经终止。",
}


def find_move(frame: Frame, state: State, act: Act) -> Move:
    """Return the move that the frame gives for `act` in `state`.

    :raises MoveNotAllowedError: the frame's statute knows no such step; the message says how it stands.
    """
    try:
        return FRAMES[frame][state, act]
    except KeyError:
        message = f"{_WHY_NOT[state]}现在不能这样做，请刷新页面看看最新情况。"
        raise MoveNotAllowedError(state=state, act=act, message=message) from None


def possible_acts(frame: Frame, state: State) -> frozenset[Act]:
    """Return what may be done in `state`."""
    return frozenset(act for (where, act) in FRAMES[frame] if where == state)
