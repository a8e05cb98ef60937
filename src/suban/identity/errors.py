"""Refusals of identity."""

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError


class UnknownPersonError(NotFoundError):
    """No such person, or the asker may not know."""

    code = "identity.unknown_person"


class UnknownCompanyError(NotFoundError):
    """No such company."""

    code = "identity.unknown_company"


class UnknownOrganError(NotFoundError):
    """No such organ."""

    code = "identity.unknown_organ"


class UnknownStaffError(NotFoundError):
    """No such staff member."""

    code = "identity.unknown_staff"


class UnknownAccountError(NotFoundError):
    """The account doesn't exist, is closed, or stands for nobody."""

    code = "identity.unknown_account"


class PersonExistsError(ConflictError):
    """The identity number is registered already."""

    code = "identity.person_exists"


class CompanyExistsError(ConflictError):
    """The USCC is registered already."""

    code = "identity.company_exists"


class OrganExistsError(ConflictError):
    """The organ's USCC is registered already."""

    code = "identity.organ_exists"


class UsernameTakenError(ConflictError):
    """Another account has this name."""

    code = "identity.username_taken"


class InvalidDetailsError(DomainError):
    """A name, telephone number or code has the wrong form."""

    code = "identity.invalid_details"


class RightLostError(NotPermittedError):
    """The right was taken back after the actor signed in."""

    code = "identity.right_lost"


class NotAMemberError(NotPermittedError):
    """The person may not act for this company, or no longer."""

    code = "identity.not_a_member"


class MayNotGrantError(NotPermittedError):
    """Only an administrator of the organ gives or takes rights in it."""

    code = "identity.may_not_grant"
