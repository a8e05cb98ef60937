"""What can happen to a case, as facts: kept in its chain, published in the outbox, and never rewritten.

No fact holds personal data: people appear as references, texts as salted commitments.
"""

from suban.cases.events.accepting import (
    CaseAccepted,
    CaseDeemedAccepted,
    CorrectionRequested,
    FilingCompleted,
)
from suban.cases.events.applying import (
    CaseStarted,
    CaseSubmitted,
    CaseWithdrawn,
    ConfirmationAnswered,
    ConfirmationRequested,
    CorrectionSubmitted,
    DraftDiscarded,
    FormConfirmed,
    MaterialAdded,
    MaterialRemoved,
)
from suban.cases.events.base import CaseFact, NumberedFact
from suban.cases.events.channels import ChannelChanged, FormSigned
from suban.cases.events.deciding import CaseGranted, CaseRefused
from suban.cases.events.delivering import (
    CaseClosed,
    DeliveryFailed,
    ResultDispatched,
    ResultIssued,
    ResultServed,
)
from suban.cases.events.reviewing import DecisionProposed, ReviewStarted, StepAssigned, StepCompleted
from suban.cases.events.special import ProcedureEnded, ProcedureStarted
from suban.cases.events.turning import (
    CaseNotCompetent,
    CaseNotNeeded,
    CaseTerminated,
    CorrectedOnSpot,
    FalseMaterialFound,
    MendingOffered,
    ReconsiderationSought,
    StepReturned,
)

__all__ = [
    "FACTS",
    "CaseAccepted",
    "CaseClosed",
    "CaseDeemedAccepted",
    "CaseFact",
    "CaseGranted",
    "CaseNotCompetent",
    "CaseNotNeeded",
    "CaseRefused",
    "CaseStarted",
    "CaseSubmitted",
    "CaseTerminated",
    "CaseWithdrawn",
    "ChannelChanged",
    "ConfirmationAnswered",
    "ConfirmationRequested",
    "CorrectedOnSpot",
    "CorrectionRequested",
    "CorrectionSubmitted",
    "DecisionProposed",
    "DeliveryFailed",
    "DraftDiscarded",
    "FalseMaterialFound",
    "FilingCompleted",
    "FormConfirmed",
    "FormSigned",
    "MaterialAdded",
    "MaterialRemoved",
    "MendingOffered",
    "NumberedFact",
    "ProcedureEnded",
    "ProcedureStarted",
    "ReconsiderationSought",
    "ResultDispatched",
    "ResultIssued",
    "ResultServed",
    "ReviewStarted",
    "StepAssigned",
    "StepCompleted",
    "StepReturned",
]

FACTS: dict[str, type[CaseFact]] = {
    fact.topic: fact
    for fact in (
        CaseStarted,
        MaterialAdded,
        MaterialRemoved,
        FormConfirmed,
        ChannelChanged,
        FormSigned,
        DraftDiscarded,
        CaseSubmitted,
        CorrectionSubmitted,
        CaseWithdrawn,
        FilingCompleted,
        CorrectionRequested,
        CaseAccepted,
        CaseDeemedAccepted,
        ReviewStarted,
        StepAssigned,
        StepCompleted,
        ProcedureStarted,
        ProcedureEnded,
        DecisionProposed,
        CaseGranted,
        CaseRefused,
        ResultIssued,
        ResultDispatched,
        DeliveryFailed,
        ResultServed,
        CaseClosed,
        CaseNotNeeded,
        CaseNotCompetent,
        MendingOffered,
        CorrectedOnSpot,
        StepReturned,
        FalseMaterialFound,
        CaseTerminated,
        ReconsiderationSought,
    )
}
