"""Identifiers with check digits: what a form, a certificate or another system calls somebody.

A valid check digit says that a number was copied correctly, not that its bearer exists. Each kind
has a pair: `is_valid_…` answers, `check_…` refuses in words that tell the applicant what to mend.
Small letters are not folded: a stored number has one spelling only.
"""

from suban.kernel.identifiers.checksums import mod11_10, mod37_36
from suban.kernel.identifiers.citizen import (
    Sex,
    check_citizen_id,
    citizen_birth_date,
    citizen_sex,
    is_valid_citizen_id,
)
from suban.kernel.identifiers.errors import InvalidIdentifierError
from suban.kernel.identifiers.licence import (
    LICENCE_ROOT,
    check_licence_identifier,
    is_valid_licence_identifier,
    licence_identifier,
)
from suban.kernel.identifiers.organisation import (
    check_organ_code,
    check_uscc,
    is_valid_organ_code,
    is_valid_uscc,
    organ_code_of_uscc,
)
from suban.kernel.identifiers.permit import check_food_permit, is_valid_food_permit

__all__ = [
    "LICENCE_ROOT",
    "InvalidIdentifierError",
    "Sex",
    "check_citizen_id",
    "check_food_permit",
    "check_licence_identifier",
    "check_organ_code",
    "check_uscc",
    "citizen_birth_date",
    "citizen_sex",
    "is_valid_citizen_id",
    "is_valid_food_permit",
    "is_valid_licence_identifier",
    "is_valid_organ_code",
    "is_valid_uscc",
    "licence_identifier",
    "mod11_10",
    "mod37_36",
    "organ_code_of_uscc",
]
