"""One button from a refused or overdue case to an application for reconsideration (R01, 行政复议)."""

from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Final

from suban.cases.errors import MoveNotAllowedError
from suban.cases.models import CaseLetter
from suban.cases.queries.opening import OpenedCase, make_context, open_own
from suban.cases.queries.remedies import write_reconsideration
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide
from suban.cases.rules.letters import RECONSIDERATION
from suban.cases.rules.reconsidering import TITLE, UNSEALED
from suban.cases.services.acting import act
from suban.cases.services.drafts import lock_own
from suban.cases.types import Act
from suban.foundation.ports import DocumentTemplate, document_renderer
from suban.foundation.services.files import keep_file, store_file
from suban.foundation.services.transactions import transaction
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day
from suban.kernel.references import new_id

PDF: Final = frozenset({"application/pdf"})
LONGEST: Final = 4000


def apply_for_reconsideration(*, actor: Actor, number: str, wish: str, reasons: str, at: datetime) -> str:
    """Make the application as PDF, keep it with the papers, note it in the case; return its key.

    The applicant signs and hands it in: the organ that decides on it isn't on the platform.

    :raises MoveNotAllowedError: nothing is adverse or overdue, or the case moved on meanwhile.
    :raises RemedyTooLateError: the days for it are over.
    :raises ReasonsMissingError: the wish or the reasons are missing.
    """
    wish, reasons = wish.strip()[:LONGEST], reasons.strip()[:LONGEST]
    case = open_own(actor, number)
    # Nothing is printed that may not be made.
    decide(case.state, c.Reconsider(wish=wish, reasons=reasons, commitment=""), make_context(case, actor, at))
    document = _print(case, actor, wish, reasons, at)
    stored = store_file(
        content=[document], name=f"{TITLE}.pdf", subject=case.row.party, allow=PDF, limit=len(document), at=at
    )
    with transaction():
        locked = lock_own(actor, number)
        if locked.row.seq != case.row.seq:
            raise MoveNotAllowedError(
                state=locked.state.state,
                act=Act.RECONSIDER,
                message="办件刚有了新的进展，请看过最新情况再生成申请书。",
            )
        commitment = digest(f"{locked.row.form.salt}:{stored.digest}".encode())
        command = c.Reconsider(wish=wish, reasons=reasons, commitment=commitment)
        after = act(locked, command, make_context(locked, actor, at), actor)
        letter = CaseLetter.objects.create(
            case=after.row,
            kind=RECONSIDERATION,
            key=new_id(),
            issued_on=civil_day(at),
            seq=after.row.seq,
            file_id=stored.id,
        )
        keep_file(file_id=stored.id)
    return str(letter.key)


def _print(case: OpenedCase, actor: Actor, wish: str, reasons: str, at: datetime) -> bytes:
    written = write_reconsideration(case, actor, wish=wish, reasons=reasons, at=at)
    if written is None:
        raise ValueError("the engine allowed what there is nothing to complain of")
    source = files("suban.cases").joinpath("letters", "reconsideration.typ").read_text(encoding="utf-8")
    template = DocumentTemplate(name="cases.reconsideration", version=1, source=source)
    data = {**asdict(written), "number": case.row.number, "note": UNSEALED}
    return document_renderer.get().render(template=template, data=data, at=at)
