"""Which facts are told in a letter (文书), and how letters are numbered."""

from dataclasses import dataclass
from typing import Final

from suban.cases import events as e
from suban.cases.rules.endings import PAPERS
from suban.cases.types import EndingKind
from suban.catalogue.types import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A kind of letter; `sign` is the character of its number, empty when it needs none."""

    kind: str
    title: str
    sign: str = ""


LETTERS: Final[dict[type[e.CaseFact], Letter]] = {
    e.CaseSubmitted: Letter(kind="receipt", title="收件凭证"),
    e.CorrectionSubmitted: Letter(kind="receipt", title="收件凭证"),
    e.CorrectionRequested: Letter(kind="correction_notice", title="补正告知书", sign="补"),
    e.CaseAccepted: Letter(kind="acceptance", title="受理通知书", sign="受"),
    e.CaseDeemedAccepted: Letter(kind="deemed_acceptance", title="视为受理通知书", sign="受"),
    e.ProcedureStarted: Letter(kind="procedure_notice", title="特别程序告知书", sign="特"),
    e.CaseGranted: Letter(kind="grant", title="准予行政许可决定书", sign="准"),
    e.CaseRefused: Letter(kind="refusal", title="不予行政许可决定书", sign="不准"),
    e.CaseNotNeeded: Letter(kind="not_needed", title=PAPERS[EndingKind.NOT_NEEDED], sign="告"),
    e.CaseNotCompetent: Letter(kind="not_competent", title=PAPERS[EndingKind.NOT_COMPETENT], sign="不受"),
    e.FalseMaterialFound: Letter(kind="false_material", title=PAPERS[EndingKind.FALSE_MATERIAL], sign="虚"),
    e.CaseTerminated: Letter(kind="termination", title=PAPERS[EndingKind.TERMINATED], sign="终"),
    e.CaseWithdrawn: Letter(kind="withdrawal", title="撤回申请确认书"),
}

RECONSIDERATION: Final = "reconsideration"
"""The applicant's own document: kept with the letters, but no organ seals or reads it."""

TITLES: Final = {letter.kind: letter.title for letter in LETTERS.values()} | {
    RECONSIDERATION: "行政复议申请书"
}

ADVERSE_KINDS: Final = frozenset({"refusal", "not_needed", "not_competent", "false_material", "termination"})
"""The letters that end a case against the applicant: served like a result, with remedies."""


_FRAME_SIGNS: Final = {Frame.LICENCE: "许", Frame.FILING: "备"}


def series(frame: Frame, letter: Letter) -> str:
    """Return the signs of the series in which a letter is numbered, such as 许受."""
    return f"{_FRAME_SIGNS[frame]}{letter.sign}"


def document_number(organ: str, signs: str, year: int, serial: int) -> str:
    """Return a document number such as 镇市监许受〔2026〕第00123号."""
    return f"{organ}{signs}〔{year}〕第{serial:05d}号"
