"""Reads of questions: the asker's own, the window's worklist, and what everybody finds on a guide."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from suban.feedback.errors import UnknownQuestionError
from suban.feedback.models import PublishedAnswer, Question
from suban.feedback.types import PublishedView, QuestionLine, QuestionPage, QuestionState, QuestionView, Words
from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import unseal
from suban.foundation.types import ChainHead
from suban.identity.types import Actor, Role

PAGE: Final = 20
ON_GUIDE: Final = 20
LONGEST_CURSOR: Final = 9
ANSWERING: Final = (Role.CLERK, Role.SUPERVISOR)


class QuestionHeads:
    """Tell the audit which head each question's row keeps."""

    def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
        """Return stream and head of every question, lazily."""
        rows = Question.objects.order_by("id").values_list("key", "chain_seq", "chain_digest")
        for key, seq, digest in rows.iterator(chunk_size=2000):
            yield f"question:{key}", ChainHead(seq=seq, digest=digest)


def may_answer(actor: Actor, organ: str, matter: str) -> bool:
    """Tell whether the actor works at the window of this organ for this matter, or supervises it."""
    return any(actor.may(role, organ, matter) for role in ANSWERING)


def list_my_questions(*, actor: Actor, cursor: str = "") -> QuestionPage:
    """Return the party's own questions, the newest first."""
    rows = Question.objects.filter(party=actor.party).order_by("-id")
    if after := _number(cursor):
        rows = rows.filter(id__lt=after)
    return _page(rows)


def list_open_questions(*, actor: Actor, cursor: str = "") -> QuestionPage:
    """Return what the actor's windows have to answer, the most urgent first."""
    rows = Question.objects.filter(_within(actor), state=QuestionState.OPEN).order_by("due_on", "id")
    offset = _number(cursor)
    found = _page(rows[offset : offset + PAGE + 1])
    return QuestionPage(lines=found.lines, next_cursor=str(offset + PAGE) if found.next_cursor else "")


def get_my_question(*, actor: Actor, key: str) -> QuestionView:
    """Return the party's own question.

    :raises UnknownQuestionError: there is none.
    """
    row = Question.objects.filter(key=key, party=actor.party).select_related("published").first()
    if row is None:
        raise UnknownQuestionError
    return _view(row)


def open_question(*, actor: Actor, key: str, at: datetime) -> QuestionView:
    """Return a question to the office that answers it; the look is logged.

    :raises UnknownQuestionError: it isn't for this officer.
    """
    row = Question.objects.filter(key=key).select_related("published").first()
    if row is None or not may_answer(actor, row.organ, row.matter_code):
        raise UnknownQuestionError
    case = f"case:{row.case_number}" if row.case_number else ""
    record_read(subject=row.party, by=actor.ref, purpose="答复咨询", what=("question",), case=case, at=at)
    return _view(row)


def list_published(matter_code: str) -> tuple[PublishedView, ...]:
    """Return what was published for a matter, the newest first."""
    rows = PublishedAnswer.objects.filter(matter_code=matter_code).order_by("-id")[:ON_GUIDE]
    return tuple(
        PublishedView(question=row.question_words, answer=row.answer_words, published_at=row.published_at)
        for row in rows
    )


def _number(cursor: str) -> int:
    """Return where a page starts; nonsense starts at the beginning."""
    return int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) <= LONGEST_CURSOR else 0


def _within(actor: Actor) -> Q:
    within = Q(pk__in=())
    for grant in actor.grants:
        if grant.role in ANSWERING:
            part = Q(organ__in=grant.organs)
            within |= part if grant.matters is None else part & Q(matter_code__in=grant.matters)
    return within


def _page(rows: QuerySet[Question]) -> QuestionPage:
    found = list(rows.select_related("published")[: PAGE + 1])
    onward = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return QuestionPage(lines=tuple(_line(row) for row in found[:PAGE]), next_cursor=onward)


def _line(row: Question) -> QuestionLine:
    return QuestionLine(
        key=row.key,
        matter_code=row.matter_code,
        matter_name=row.matter_name,
        case=row.case_number,
        state=QuestionState(row.state),
        asked_at=row.asked_at,
        due_on=row.due_on,
        published=hasattr(row, "published"),
    )


def _view(row: Question) -> QuestionView:
    said = tuple(
        Words(
            from_office=text.from_office,
            text=unseal(subject=row.party, sealed=bytes(text.sealed)),
            at=text.written_at,
        )
        for text in row.texts.order_by("turn")
    )
    return QuestionView(
        line=_line(row), matter_version=row.matter_version, case_state=row.case_state, words=said
    )
