"""Refusals of the plumbing: sealed text, files, outbox."""

from typing import ClassVar

from suban.kernel.errors import ConflictError, DomainError, NotFoundError


class SubjectShreddedError(ConflictError):
    """The subject's data key was destroyed; nothing of it can be read or written again."""

    code: ClassVar[str] = "foundation.subject_shredded"


class SealBrokenError(DomainError):
    """Sealed bytes were altered, cut, moved to another subject, or made with another master key."""

    code: ClassVar[str] = "foundation.seal_broken"


class UnknownDeadLetterError(NotFoundError):
    """No dead letter has this number."""

    code: ClassVar[str] = "foundation.unknown_dead_letter"
