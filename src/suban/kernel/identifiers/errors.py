"""The refusal of a miscopied number."""

from typing import ClassVar

from suban.kernel.errors import DomainError


class InvalidIdentifierError(DomainError):
    """The number can't be one of its kind; the message says what to mend."""

    code: ClassVar[str] = "kernel.invalid_identifier"
