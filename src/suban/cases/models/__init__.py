"""Tables of the engine. A row is what pages read; the truth of a case is its chain of events."""

from suban.cases.models.ban import ApplicationBan
from suban.cases.models.case import Case, CaseForm, IdempotencyKey
from suban.cases.models.file import CaseCheck, CaseLetter, CaseLookup, CaseMaterial, CaseText, Confirmation
from suban.cases.models.procedure import CaseProcedure
from suban.cases.models.scan import ScanLink, ScanPage
from suban.cases.models.task import CaseTask

__all__ = [
    "ApplicationBan",
    "Case",
    "CaseCheck",
    "CaseForm",
    "CaseLetter",
    "CaseLookup",
    "CaseMaterial",
    "CaseProcedure",
    "CaseTask",
    "CaseText",
    "Confirmation",
    "IdempotencyKey",
    "ScanLink",
    "ScanPage",
]
