"""Asking, answering, asking further, closing, publishing. Each is one commit with its evidence."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from suban.cases.queries.applicants import open_case_for
from suban.catalogue.queries import get_matter, list_versions
from suban.catalogue.types import MatterDefinition
from suban.feedback.errors import TooManyQuestionsError, UnknownQuestionError
from suban.feedback.events import QuestionAnswered
from suban.feedback.models import PublishedAnswer, Question, QuestionText
from suban.feedback.queries import may_answer
from suban.feedback.rules import next_state, tidy_text
from suban.feedback.types import LONGEST_HEADLINE, LONGEST_TEXT, QuestionAct, QuestionState
from suban.foundation.queries.calendar import get_calendar
from suban.foundation.services.evidence import append_events
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction, transaction_required
from suban.foundation.types import GENESIS, ChainHead, NewEvent
from suban.identity.queries import get_notice_address
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
from suban.kernel.references import make_ref, new_id
from suban.notices.services import send_notice
from suban.notices.types import NoticeAddress

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the asker had before them: a guide, or a case with the version it is pinned to."""

    matter: str
    version: int
    definition: MatterDefinition
    case: str = ""
    state: str = ""


def ask_question(*, actor: Actor, matter: str, case: str = "", text: str, token: str, at: datetime) -> str:
    """Send a question to the window that handles the matter; return its key.

    Asked from a case it carries the case's number, state and pinned version, so that the officer sees what
    the asker saw. The same `token` again (a button pressed twice) returns the same question.

    :raises EmptyTextError: nothing was written, or too much.
    :raises TooManyQuestionsError: today's limit is reached.
    :raises UnknownCaseError: the case isn't the actor's.
    """
    words = tidy_text(text, longest=LONGEST_TEXT)
    page = _page_of(actor, matter, case, at)
    key = hashlib.sha256(f"{actor.party} {token}".encode()).hexdigest()[:32]
    today = civil_day(at)
    with transaction():
        if Question.objects.filter(key=key).exists():
            return key
        if _asked_lately(actor.party, at) >= settings.SUBAN.questions_a_day:
            raise TooManyQuestionsError
        question = Question(
            key=key,
            party=actor.party,
            organ=page.definition.organ,
            matter_code=page.matter,
            matter_name=page.definition.name,
            matter_version=page.version,
            case_number=page.case,
            case_state=page.state,
            state=QuestionState.OPEN,
            asked_at=at,
            due_on=get_calendar().add_working_days(today, settings.SUBAN.question_reply_days),
            chain_seq=GENESIS.seq,
            chain_digest=GENESIS.digest,
        )
        page_facts = {
            "matter": page.matter,
            "version": page.version,
            "case": page.case,
            "due_on": question.due_on.isoformat(),
        }
        salt = new_id()
        _append(question, actor, "asked", {**page_facts, "text": _commit(salt, words)}, at)
        question.save(force_insert=True)
        _write_text(question, actor, words, salt, at=at, from_office=False)
    return key


def answer_question(*, actor: Actor, key: str, text: str, at: datetime) -> None:
    """Answer a question; the asker is told.

    :raises UnknownQuestionError: it isn't this officer's to answer.
    :raises QuestionMoveError: a colleague was faster, or the asker closed it.
    """
    words = tidy_text(text, longest=LONGEST_TEXT)
    with transaction():
        question = _lock_for_office(actor, key)
        _say(question, actor, QuestionAct.ANSWER, words, at=at)
        question.save()
        publish(QuestionAnswered(question=key, turn=question.turns))


def ask_further(*, actor: Actor, key: str, text: str, at: datetime) -> None:
    """Ask again under an answer; the reply clock starts anew.

    :raises UnknownQuestionError: it isn't the actor's.
    :raises QuestionMoveError: it isn't answered, or closed.
    """
    words = tidy_text(text, longest=LONGEST_TEXT)
    with transaction():
        question = _lock_own(actor, key)
        _say(question, actor, QuestionAct.ASK_FURTHER, words, at=at)
        days = settings.SUBAN.question_reply_days
        question.due_on = get_calendar().add_working_days(civil_day(at), days)
        question.save()


def close_question(*, actor: Actor, key: str, at: datetime) -> None:
    """Close one's own question.

    :raises UnknownQuestionError: it isn't the actor's.
    :raises QuestionMoveError: it is closed already.
    """
    with transaction():
        question = _lock_own(actor, key)
        question.state = next_state(QuestionState(question.state), QuestionAct.CLOSE)
        _append(question, actor, "closed", {}, at)
        question.save()


def publish_answer(*, actor: Actor, key: str, question_words: str, answer_words: str, at: datetime) -> None:
    """Put question and answer, in the office's own words, on the matter's guide; again replaces the words.

    :raises UnknownQuestionError: it isn't this officer's.
    :raises QuestionMoveError: it isn't answered yet.
    """
    asked = tidy_text(question_words, longest=LONGEST_HEADLINE)
    answered = tidy_text(answer_words, longest=LONGEST_TEXT)
    with transaction():
        question = _lock_for_office(actor, key)
        next_state(QuestionState(question.state), QuestionAct.PUBLISH)
        digest = "sha256:" + hashlib.sha256(f"{asked}\n{answered}".encode()).hexdigest()
        _append(question, actor, "published", {"words": digest}, at)
        question.save()
        PublishedAnswer.objects.update_or_create(
            question=question,
            defaults={
                "matter_code": question.matter_code,
                "question_words": asked,
                "answer_words": answered,
                "published_by": actor.ref,
                "published_at": at,
            },
        )


def tell_asker(*, key: str, turn: int, at: datetime) -> None:
    """Send the notice of an answer; the same turn again sends nothing."""
    question = Question.objects.get(key=key)
    address = get_notice_address(question.party, at=at)
    send_notice(
        to=NoticeAddress(inbox=address.inbox, email=address.email, phone=address.phone),
        template="question_answered",
        values={"matter_name": question.matter_name},
        key=f"question:{key}:{turn}",
        about=make_ref("case", question.case_number) if question.case_number else "",
        at=at,
    )


def _page_of(actor: Actor, matter: str, case: str, at: datetime) -> _Page:
    if not case:
        current = get_matter(matter)
        return _Page(matter=current.code, version=current.version, definition=current.definition)
    opened = open_case_for(actor=actor, number=case, at=at)
    pinned = [line for line in list_versions(opened.matter_code) if line.digest == opened.definition.digest]
    return _Page(
        matter=opened.matter_code,
        version=pinned[0].version if pinned else 0,
        definition=opened.definition,
        case=opened.number,
        state=opened.state_label,
    )


def _asked_lately(party: str, at: datetime) -> int:
    return Question.objects.filter(party=party, asked_at__gt=at - A_DAY).count()


@transaction_required
def _lock_own(actor: Actor, key: str) -> Question:
    question = Question.objects.select_for_update(no_key=True).filter(key=key, party=actor.party).first()
    if question is None:
        raise UnknownQuestionError
    return question


@transaction_required
def _lock_for_office(actor: Actor, key: str) -> Question:
    question = Question.objects.select_for_update(no_key=True).filter(key=key).first()
    if question is None or not may_answer(actor, question.organ, question.matter_code):
        raise UnknownQuestionError
    return question


@transaction_required
def _say(question: Question, actor: Actor, act: QuestionAct, words: str, *, at: datetime) -> None:
    """Note state, text and evidence of what somebody said; the caller saves the row."""
    question.state = next_state(QuestionState(question.state), act)
    question.turns += 1
    salt = new_id()
    office = act is QuestionAct.ANSWER
    past = "answered" if office else "asked_further"
    _append(question, actor, past, {"turn": question.turns, "text": _commit(salt, words)}, at)
    _write_text(question, actor, words, salt, at=at, from_office=office)


def _write_text(
    question: Question, actor: Actor, words: str, salt: str, *, at: datetime, from_office: bool
) -> None:
    QuestionText.objects.create(
        question=question,
        turn=question.turns,
        from_office=from_office,
        by=actor.ref,
        sealed=seal(subject=question.party, text=words),
        salt=salt,
        written_at=at,
    )


def _append(question: Question, actor: Actor, past: str, facts: dict[str, Any], at: datetime) -> None:
    head = append_events(
        stream=f"question:{question.key}",
        head=ChainHead(seq=question.chain_seq, digest=question.chain_digest),
        events=[NewEvent(type=f"feedback.question_{past}", data=facts)],
        at=at,
        effective_on=civil_day(at),
        by=actor.ref,
    )
    question.chain_seq, question.chain_digest = head.seq, head.digest


def _commit(salt: str, words: str) -> str:
    return "sha256:" + hashlib.sha256(f"{salt}{words}".encode()).hexdigest()
