"""The review: whose step it is, and its opinions (T12, T22)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.assignment import draw
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.engine.special import check_none_open
from suban.cases.rules.state import CaseState, evolve
from suban.catalogue.types import ReviewStep


def begin_review(case: CaseState, context: Context) -> Facts:
    """Return the facts that open the review; none where it is decided on the spot (行政许可法第34条第2款)."""
    if context.terms.instant:
        return ()
    return (e.ReviewStarted(case=case.number), *_assign_open_steps(case, context))


def _start_review(case: CaseState, _command: c.StartReview, context: Context) -> Facts:
    return (e.ReviewStarted(case=case.number), *_assign_open_steps(case, context))


def open_steps(case: CaseState, steps: tuple[ReviewStep, ...]) -> tuple[ReviewStep, ...]:
    """Return the steps that can be worked on now: not done, and everything before them is."""
    done = case.opinions.keys()
    return tuple(step for step in steps if step.key not in done and all(key in done for key in step.after))


def _assign_open_steps(case: CaseState, context: Context) -> Facts:
    facts = []
    for step in open_steps(case, context.terms.steps):
        among = tuple(sorted(context.eligible.get(step.key, ())))
        if step.key in case.assigned or not among:
            continue
        staff = draw(f"{context.seed}:{case.number}:{step.key}", among)
        facts.append(
            e.StepAssigned(case=case.number, step=step.key, staff=staff, seed=context.seed, among=among),
        )
    return tuple(facts)


def _complete_step(case: CaseState, command: c.CompleteStep, context: Context) -> Facts:
    if command.step not in {step.key for step in open_steps(case, context.terms.steps)}:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="这一步已经有人办过，或者还没轮到。",
        )
    check_none_open(case)
    completed = e.StepCompleted(
        case=case.number,
        step=command.step,
        agrees=command.agrees,
        commitment=command.commitment,
    )
    after = evolve(case, completed, by=context.actor)
    if open_steps(after, context.terms.steps):
        return (completed, *_assign_open_steps(after, context))
    grants = all(agrees for _, agrees in after.opinions.values())
    return (completed, e.DecisionProposed(case=case.number, grants=grants))


DECIDE: Final[Table] = {
    c.StartReview: _start_review,
    c.CompleteStep: _complete_step,
}
