"""What the interface itself refuses."""

from suban.kernel.errors import DomainError, NotPermittedError


class NotForYouError(NotPermittedError):
    """The caller is known and the endpoint is for others."""

    code = "api.not_for_you"


class NotProvenError(DomainError):
    """Password, or the signature of a message, is wrong: the caller isn't proven."""

    code = "api.not_proven"


class TooManyAttemptsError(DomainError):
    """Too many attempts; later again."""

    code = "api.too_many_attempts"
