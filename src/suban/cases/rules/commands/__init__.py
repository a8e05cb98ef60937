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
from suban.cases.rules.commands.channels import ChangeChannel, SignForm
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
from suban.cases.rules.commands.special import EndProcedure, StartProcedure
from suban.cases.rules.commands.turning import (
    CorrectOnSpot,
    DeclareNotCompetent,
    DeclareNotNeeded,
    OfferMending,
    Reconsider,
    RefuseFalseMaterial,
    ReturnToStep,
    Terminate,
)

__all__ = [
    "Accept",
    "AddMaterial",
    "ChangeChannel",
    "Close",
    "Command",
    "CompleteFiling",
    "CompleteStep",
    "ConfirmForm",
    "CorrectOnSpot",
    "DeclareNotCompetent",
    "DeclareNotNeeded",
    "DeemAccepted",
    "Discard",
    "Dispatch",
    "EndProcedure",
    "FailDelivery",
    "Grant",
    "GrantOnSpot",
    "Issue",
    "OfferMending",
    "Reconsider",
    "Refuse",
    "RefuseFalseMaterial",
    "RemoveMaterial",
    "RequestCorrection",
    "ReturnToStep",
    "Serve",
    "SignForm",
    "StartProcedure",
    "StartReview",
    "Submit",
    "SubmitCorrection",
    "Terminate",
    "Withdraw",
]
