"""Why delivery refuses."""

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError


class InvalidParcelError(DomainError):
    """The order lacks something that a carrier needs; `fields` names it."""

    code = "delivery.invalid_parcel"


class UnknownParcelError(NotFoundError):
    """No parcel has this reference or number."""

    code = "delivery.unknown_parcel"

    def __init__(self, named: str) -> None:
        super().__init__("没有找到这个邮件，请核对邮件号。", parcel=named)


class FalseSignatureError(NotPermittedError):
    """The message doesn't come from the carrier."""

    code = "delivery.false_signature"

    def __init__(self) -> None:
        super().__init__("签名不正确，回调未受理。请核对密钥和签名方法。")


class StaleCallbackError(NotPermittedError):
    """The message was signed too long ago, or in the future: perhaps replayed."""

    code = "delivery.stale_callback"

    def __init__(self) -> None:
        super().__init__("时间戳超出允许范围，回调未受理。请校准时钟，重新签名后再发送。")


class MalformedCallbackError(DomainError):
    """The message is signed but not of the agreed form."""

    code = "delivery.malformed_callback"


class ReportContradictedError(ConflictError):
    """The same event number came before with other content, or the number belongs to another parcel."""

    code = "delivery.report_contradicted"


class CarrierDownError(DomainError):
    """The carrier can't be reached now; the order is tried again."""

    code = "delivery.carrier_down"


class CarrierRefusedError(DomainError):
    """The carrier does not take this order; somebody must look."""

    code = "delivery.carrier_refused"


class NotYetNumberedError(ConflictError):
    """The carrier has not given its number yet, so there is nothing to print."""

    code = "delivery.not_yet_numbered"

    def __init__(self, parcel: str) -> None:
        super().__init__("邮件号尚未取得，通常几秒内完成；请稍候再打印面单。", parcel=parcel)
