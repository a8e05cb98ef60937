"""The closed lists of words that definitions use, with the codes of GB/T 39046-2020 Annex A beside them."""

from enum import StrEnum


class Frame(StrEnum):
    """The procedural frame: which law of procedure the case follows."""

    LICENCE = "licence"  # 行政许可
    FILING = "filing"  # 备案


class Target(StrEnum):
    """Who may apply."""

    PERSON = "person"
    COMPANY = "company"
    BOTH = "both"


class BasisLevel(StrEnum):
    """The rank of a legal document; licensing law articles 14 to 17 ask for it."""

    LAW = "law"  # 法律
    REGULATION = "regulation"  # 行政法规
    STATE_COUNCIL_DECISION = "state_council_decision"  # 国务院决定
    LOCAL_REGULATION = "local_regulation"  # 地方性法规
    PROVINCIAL_RULE = "provincial_rule"  # 省级政府规章
    DEPARTMENT_RULE = "department_rule"  # 部门规章
    NORMATIVE = "normative"  # 规范性文件


class FieldType(StrEnum):
    """What a form field holds; money is an integer number of fen."""

    TEXT = "text"
    TEXTAREA = "textarea"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    CHECKBOX = "checkbox"
    USCC = "uscc"
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NUMBER = "number"
    MONEY = "money"
    REGION = "region"


class Trust(StrEnum):
    """How far a material can be believed (国办函〔2016〕108号)."""

    ISSUED = "A"  # issued by an organ and shared
    VERIFIED = "B"  # verified once at a window, reusable
    UPLOADED = "C"  # uploaded; the original is still to be checked
    DECLARED = "D"  # made by the applicant, on the applicant's word


class Lift(StrEnum):
    """What raises an uploaded material (C) to the level that suffices, without a visit."""

    REGISTER = "register"
    LICENCE = "licence"
    CONFIRMATION = "confirmation"
    PROMISE = "promise"
    ORIGINAL_BY_POST = "original_by_post"
    EXAMINER = "examiner"  # the examiner compares it with what else is known


class MaterialSource(StrEnum):
    """Where the applicant gets a material (来源渠道: 10 自备, 20 政府部门核发, 99 其他)."""

    APPLICANT = "applicant"
    GOVERNMENT = "government"
    EMPLOYER = "employer"
    INSTITUTION = "institution"


class MaterialMedium(StrEnum):
    """The form it is taken in (材料形式: 1 纸质, 2 电子, 3 纸质或电子)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    EITHER = "either"


class MaterialNeed(StrEnum):
    """How necessary it is (材料必要性: 1 必要, 2 非必要, 3 容缺后补)."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    TOLERATED = "tolerated"


class StepRole(StrEnum):
    """Which role completes a review step; the values are those of identity's roles."""

    CLERK = "clerk"
    EXAMINER = "examiner"
    REVIEWER = "reviewer"
    DECIDER = "decider"


class ResultKind(StrEnum):
    """What an applicant holds at the end."""

    LICENCE = "licence"  # 证照
    RECEIPT = "receipt"  # 备案证明


class DeliveryChannel(StrEnum):
    """How the result reaches the applicant."""

    ELECTRONIC = "electronic"
    POST = "post"
    PICKUP = "pickup"
