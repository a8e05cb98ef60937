"""From a question on the guide to its answer for everybody, by the pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from suban.feedback.models import Question, QuestionText
from suban.feedback.queries import QuestionHeads
from suban.foundation.queries.evidence import list_events

TEXT = "没有<script>学历证书原件，可以用学信网报告吗？"


@pytest.fixture
def clerk(sign_in: Callable[..., Client]) -> Client:
    return sign_in("shouli")


@pytest.fixture
def asked(applicant: Client, code: str) -> str:
    answer = applicant.post(f"/matters/{code}/ask", {"text": TEXT, "token": "t1"})
    assert answer.status_code == 302
    return answer["Location"].rstrip("/").rsplit("/", 1)[1]


def test_a_question_reaches_the_window_with_its_page_and_the_answer_reaches_the_asker(
    applicant: Client, clerk: Client, asked: str, work: Callable[[], None]
) -> None:
    worklist = clerk.get("/workbench/questions").content.decode()
    opened = clerk.get(f"/workbench/questions/{asked}").content.decode()
    clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "可以，上传报告即可。"})
    work()

    assert asked in worklist
    assert "学信网" in opened
    assert "<script>学历" not in opened
    assert "指南第 1 版" in opened
    assert "可以，上传报告即可。" in applicant.get(f"/me/questions/{asked}").content.decode()
    assert "咨询已答复" in applicant.get("/me/inbox").content.decode()
    assert asked not in clerk.get("/workbench/questions").content.decode()


def test_a_published_answer_stands_on_the_guide_in_the_words_of_the_office(
    visitor: Client, clerk: Client, asked: str, code: str
) -> None:
    clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "可以。"})
    words = {"act": "publish", "question_words": "能用学信网报告吗？", "answer_words": "能。"}
    clerk.post(f"/workbench/questions/{asked}", words)
    clerk.post(f"/workbench/questions/{asked}", {**words, "answer_words": "能，直接上传。"})

    guide = visitor.get(f"/matters/{code}").content.decode()
    assert "能用学信网报告吗？" in guide
    assert "能，直接上传。" in guide
    assert "原件" not in re.findall(r"能用学信网报告.*?</details>", guide, re.DOTALL)[0]


def test_an_unanswered_question_is_not_published(clerk: Client, asked: str) -> None:
    words = {"act": "publish", "question_words": "问", "answer_words": "答"}

    assert clerk.post(f"/workbench/questions/{asked}", words).status_code == 409


def test_the_second_clerk_is_refused_and_the_first_answer_stays(clerk: Client, asked: str) -> None:
    first = clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "一"})
    second = clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "二"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert QuestionText.objects.filter(from_office=True).count() == 1


def test_the_button_pressed_twice_asks_once(applicant: Client, asked: str, code: str) -> None:
    applicant.post(f"/matters/{code}/ask", {"text": TEXT, "token": "t1"})

    assert Question.objects.count() == 1


def test_asking_further_starts_the_clock_anew_and_closing_ends_it(
    applicant: Client, clerk: Client, asked: str
) -> None:
    clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "可以。"})
    applicant.post(f"/me/questions/{asked}", {"act": "further", "text": "要盖章吗？"})
    again = Question.objects.get().state
    applicant.post(f"/me/questions/{asked}", {"act": "close"})

    assert again == "open"
    assert Question.objects.get().state == "closed"
    assert applicant.post(f"/me/questions/{asked}", {"act": "close"}).status_code == 422


def test_nobody_else_reads_a_question(sign_in: Callable[..., Client], visitor: Client, asked: str) -> None:
    assert sign_in("yaodian").get(f"/me/questions/{asked}").status_code == 404
    assert sign_in("yaodian").get(f"/workbench/questions/{asked}").status_code == 403
    assert sign_in("shencha").get(f"/workbench/questions/{asked}").status_code == 403
    assert visitor.get(f"/me/questions/{asked}").status_code == 302


def test_nothing_written_is_told_and_too_many_questions_are_refused(applicant: Client, code: str) -> None:
    empty = applicant.post(f"/matters/{code}/ask", {"text": " ", "token": "a"})
    for number in range(10):
        applicant.post(f"/matters/{code}/ask", {"text": "问", "token": str(number)})
    eleventh = applicant.post(f"/matters/{code}/ask", {"text": "第十一问", "token": "k"})

    assert empty.status_code == eleventh.status_code == 422
    assert "请写下内容" in empty.content.decode()
    assert "第十一问" in eleventh.content.decode(), "what was typed is kept"
    assert Question.objects.count() == 10


def test_the_chain_holds_every_act_and_no_word_of_it(clerk: Client, asked: str) -> None:
    clerk.post(f"/workbench/questions/{asked}", {"act": "answer", "text": "可以。"})

    events = list(list_events(f"question:{asked}"))
    ((stream, head),) = QuestionHeads().list_heads()
    assert [event.type for event in events] == ["feedback.question_asked", "feedback.question_answered"]
    assert (stream, head.seq) == (f"question:{asked}", 2)
    assert not [event for event in events if "学信网" in str(event.data) or "可以" in str(event.data)]


def test_a_question_from_a_case_carries_the_case_and_only_ones_own(
    applicant: Client, sign_in: Callable[..., Client], code: str
) -> None:
    applicant.post(f"/matters/{code}/apply")
    number = re.findall(r"/me/cases/([\w-]+)", applicant.get("/me/cases").content.decode())[0]
    page = applicant.get(f"/matters/{code}/ask?case={number}")
    foreign = sign_in("yaodian").post(f"/matters/{code}/ask", {"text": "问", "case": number, "token": "x"})
    applicant.post(f"/matters/{code}/ask", {"text": "问", "case": number, "token": "y"})

    assert number in page.content.decode()
    assert foreign.status_code == 404
    kept = Question.objects.get()
    assert (kept.case_number, kept.case_state, kept.matter_version) == (number, "草稿", 1)
