"""The refusals of the context: of a department's messages, of pushes, of who may look."""

from typing import ClassVar

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError


class UnknownSystemError(NotFoundError):
    """No system is registered under this id, or it is switched off."""

    code: ClassVar[str] = "department.unknown_system"


class SystemRefusedError(DomainError):
    """A system can't be registered like this."""

    code: ClassVar[str] = "department.system_refused"


class FalseSignatureError(NotPermittedError):
    """Not signed by the system that it names. Which part is wrong isn't said."""

    code: ClassVar[str] = "department.false_signature"


class StaleRequestError(NotPermittedError):
    """Signed too long ago, or in the future."""

    code: ClassVar[str] = "department.stale_request"


class ReplayedRequestError(NotPermittedError):
    """The nonce was used before."""

    code: ClassVar[str] = "department.replayed_request"


class MalformedMessageError(DomainError):
    """Signed, but not of the agreed form."""

    code: ClassVar[str] = "department.malformed_message"


class NotYourCaseError(NotFoundError):
    """No such case, or another system's; the two look the same."""

    code: ClassVar[str] = "department.case_not_found"


class MessageConflictError(ConflictError):
    """The same message id, or the same number in the sequence, came before with other content."""

    code: ClassVar[str] = "department.message_conflict"


class SequenceTooFarError(DomainError):
    """So far ahead of its turn that it isn't kept waiting."""

    code: ClassVar[str] = "department.sequence_too_far"


class ImplausibleTimeError(DomainError):
    """The stated time can't be right."""

    code: ClassVar[str] = "department.implausible_time"


class SameOfficerError(DomainError):
    """The department's officer who accepted also decided (the matter separates the two)."""

    code: ClassVar[str] = "department.same_officer"


class SystemDownError(DomainError):
    """The department's system doesn't answer; the push is tried again."""

    code: ClassVar[str] = "department.system_down"


class PushRefusedError(DomainError):
    """The department's system will not take the push; a person has to look."""

    code: ClassVar[str] = "department.push_refused"


class UnknownPushError(NotFoundError):
    """No such push or message, or not for this officer."""

    code: ClassVar[str] = "department.unknown_push"
