"""The refusals of the engine."""

from typing import ClassVar

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError


class UnknownCaseError(NotFoundError):
    """No such case, or not the asker's."""

    code: ClassVar[str] = "case.not_found"

    def __init__(self) -> None:
        super().__init__("没有找到这个办件，请核对办件编号。")


class MoveNotAllowedError(ConflictError):
    """The law gives no such step from where the case stands; often somebody else was faster."""

    code: ClassVar[str] = "case.move_not_allowed"

    def __init__(self, *, state: str, act: str, message: str) -> None:
        super().__init__(message, state=state, act=act)


class NotYourSeatError(NotPermittedError):
    """The actor doesn't hold the role that this act needs in this organ."""

    code: ClassVar[str] = "case.not_permitted"

    def __init__(self, message: str = "您没有办理这一步的权限。") -> None:
        super().__init__(message)


class SeparationOfDutiesError(DomainError):
    """One person may not both accept and decide."""

    code: ClassVar[str] = "case.same_person"


class IncompleteApplicationError(DomainError):
    """Something the page asks for is missing or wrong; `fields["problems"]` lists it all."""

    code: ClassVar[str] = "case.incomplete"


class SecondCorrectionError(DomainError):
    """A defect that was there before may not be held against the applicant now."""

    code: ClassVar[str] = "case.second_correction"


class CorrectionOutsideListError(DomainError):
    """Only what the published list asks for may be asked for."""

    code: ClassVar[str] = "case.correction_outside_list"


class CorrectionTooLateError(DomainError):
    """The days for a correction notice have passed: the application counts as accepted."""

    code: ClassVar[str] = "case.correction_too_late"


class NoticeTooLateError(DomainError):
    """The days for telling have passed: the application counts as accepted and can't be turned away."""

    code: ClassVar[str] = "case.notice_too_late"


class BannedError(DomainError):
    """False material bars the same party from applying again for a time (行政许可法第78条)."""

    code: ClassVar[str] = "case.banned"


class RemedyTooLateError(DomainError):
    """The days for reconsideration are over."""

    code: ClassVar[str] = "case.remedy_too_late"


class ReasonsMissingError(DomainError):
    """A refusal, or a decision after its day, says why."""

    code: ClassVar[str] = "case.reasons_missing"


class ProcedureKindError(DomainError):
    """The matter's law knows no such special procedure: only the kinds of article 45 stop the clock."""

    code: ClassVar[str] = "case.procedure_kind"


class ProcedureOpenError(ConflictError):
    """A special procedure is under way; its result comes first."""

    code: ClassVar[str] = "case.procedure_open"


class RealnameLevelError(NotPermittedError):
    """The matter asks for a higher level of identity proof."""

    code: ClassVar[str] = "case.realname_level"


class IdempotencyConflictError(ConflictError):
    """The key was used before for something else."""

    code: ClassVar[str] = "case.idempotency_conflict"


class StaleDraftError(ConflictError):
    """The draft was saved elsewhere meanwhile."""

    code: ClassVar[str] = "case.stale_draft"


class UnknownSlotError(NotFoundError):
    """The matter asks for no such material."""

    code: ClassVar[str] = "case.unknown_material"


class NotHeldError(DomainError):
    """No register or licence holds this material."""

    code: ClassVar[str] = "case.material_not_held"


class MaterialRouteError(DomainError):
    """This material can't be given in this way."""

    code: ClassVar[str] = "case.material_route"


class AnswersTooLargeError(DomainError):
    """The answers are larger than any form needs."""

    code: ClassVar[str] = "case.answers_too_large"


class DeliveryAddressMissingError(DomainError):
    """A result that goes by post needs an address."""

    code: ClassVar[str] = "case.delivery_address_missing"


class ResultNumberTakenError(ConflictError):
    """Another case of this matter has the number that the department gave."""

    code: ClassVar[str] = "case.result_number_taken"


class NotDispatchedYetError(ConflictError):
    """A parcel was signed for before the case knew that it had left."""

    code: ClassVar[str] = "case.not_dispatched_yet"


class ScanPictureError(DomainError):
    """What the phone sent is no picture, damaged, too large unpacked, or one too many."""

    code: ClassVar[str] = "case.scan_picture"


class ScanOverError(NotFoundError):
    """The link of the QR code ran out, was taken back, was used, or never was one; all look the same."""

    code: ClassVar[str] = "case.scan_over"

    def __init__(self) -> None:
        super().__init__("这个二维码已经失效。请回到电脑上重新生成一个，再用手机扫。")
