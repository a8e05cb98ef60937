"""Refusals of the context, and the two ways in which a channel fails."""

from suban.kernel.errors import DomainError, NotFoundError


class UnknownTemplateError(NotFoundError):
    """No template has this key."""

    code = "notices.unknown_template"

    def __init__(self, template: str) -> None:
        super().__init__(f"没有“{template}”这个通知模板，请核对模板名称", template=template)


class TemplateValueError(DomainError):
    """A value that the template needs is missing, one is unknown, or a title would break over lines."""

    code = "notices.template_value"

    def __init__(self, *, template: str, wrong: tuple[str, ...], what: str) -> None:
        super().__init__(
            f"通知模板“{template}”的取值{what}：{'、'.join(wrong)}", template=template, wrong=wrong
        )


class UnknownNoticeError(NotFoundError):
    """This inbox has no such notice."""

    code = "notices.unknown_notice"

    def __init__(self) -> None:
        super().__init__("没有这条通知，请返回收件箱")


class UnknownDeliveryError(NotFoundError):
    """A receipt speaks of a message that was never sent from here."""

    code = "notices.unknown_delivery"

    def __init__(self) -> None:
        super().__init__("没有这条发送记录，回执未受理")


class ReceiptRefusedError(DomainError):
    """A receipt isn't signed by the gateway, is too old, or can't be read."""

    code = "notices.receipt_refused"

    def __init__(self) -> None:
        super().__init__("回执签名或内容不正确，未受理；请检查双方密钥与系统时间")


class ChannelFailedError(DomainError):
    """The channel didn't take the message this time; it is tried again later."""

    code = "notices.channel_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"发送渠道暂时不可用（{reason}），稍后自动重试", reason=reason)
        self.reason = reason


class MessageRefusedError(DomainError):
    """The channel will never take this message: wrong address or text. The next channel is tried."""

    code = "notices.message_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"发送渠道拒收（{reason}），改用其他渠道", reason=reason)
        self.reason = reason
