"""Refusals of licences."""

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError


class UnknownLicenceError(NotFoundError):
    """No such licence, or not the asker's."""

    code = "licences.not_found"


class SealMissingError(DomainError):
    """The organ has no electronic seal in force."""

    code = "licences.seal_missing"


class IdentityNumberOnFaceError(DomainError):
    """A face field holds an identity number, which never stands on a licence."""

    code = "licences.identity_number_on_face"


class StatusNotAllowedError(ConflictError):
    """The law gives no such change of status."""

    code = "licences.status_not_allowed"


class LicenceNotPermittedError(NotPermittedError):
    """The asker has no such right in the issuing organ."""

    code = "licences.not_permitted"


class UnreadableTrustError(DomainError):
    """A trust list or status list can't be read, or its signature is false."""

    code = "licences.trust_unreadable"


class SerialTakenError(ConflictError):
    """Another case's licence has this number."""

    code = "licences.serial_taken"


class UnfitNumberError(DomainError):
    """The number has no letter or digit that could stand in an identifier, or too many."""

    code = "licences.number_unfit"
