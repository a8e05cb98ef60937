"""What someone asks of a case: one small value per act, with all that the act needs."""

from suban.cases.rules.commands.applying import (
    AddMaterial,
    ConfirmForm,
    Discard,
    RemoveMaterial,
    Submit,
    SubmitCorrection,
    Withdraw,
)
from suban.cases.rules.commands.base import Command
from suban.cases.rules.commands.delivering import Close, Dispatch, FailDelivery, Issue, Serve
from suban.cases.rules.commands.handling import (
    Accept,
    CompleteFiling,
    CompleteStep,
    DeemAccepted,
    Grant,
    GrantOnSpot,
    Refuse,
    RequestCorrection,
    StartReview,
)

__all__ = [
    "Accept",
    "AddMaterial",
    "Close",
    "Command",
    "CompleteFiling",
    "CompleteStep",
    "ConfirmForm",
    "DeemAccepted",
    "Discard",
    "Dispatch",
    "FailDelivery",
    "Grant",
    "GrantOnSpot",
    "Issue",
    "Refuse",
    "RemoveMaterial",
    "RequestCorrection",
    "Serve",
    "StartReview",
    "Submit",
    "SubmitCorrection",
    "Withdraw",
]
