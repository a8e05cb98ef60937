"""The one base of every refusal: a stable code for machines, words for people."""

from typing import ClassVar


class DomainError(Exception):
    """A refusal that the caller can mend or must be told about; anything else is a bug.

    `code` is stable and stands in the API; `message` is Chinese and may be shown to a person;
    `fields` names what the refusal is about, so that a page can put the words beside it.
    """

    code: ClassVar[str] = "domain.refused"

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields


class NotFoundError(DomainError):
    """It does not exist, or the asker may not know that it does."""

    code = "domain.not_found"


class NotPermittedError(DomainError):
    """The asker is known and may not do this."""

    code = "domain.not_permitted"


class ConflictError(DomainError):
    """Somebody else was faster, or the same thing was done before with other content."""

    code = "domain.conflict"
