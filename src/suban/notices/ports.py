"""What this context needs from outside: somebody who sends mail, somebody who sends SMS."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from suban.foundation.ports import Port
from suban.notices.errors import MessageRefusedError, ReceiptRefusedError
from suban.notices.types import Channel, Outgoing, SmsReceipt


class Sender(Protocol):
    """A channel to the outside."""

    @property
    def is_configured(self) -> bool:
        """Tell whether there is anybody to send through."""
        ...

    def send(self, message: Outgoing) -> str:
        """Hand `message` over and return the provider's own id for it.

        :raises ChannelFailedError: not now; try again.
        :raises MessageRefusedError: never; try another channel.
        """
        ...


class SmsGateway(Sender, Protocol):
    """An SMS channel, which reports back."""

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> SmsReceipt:
        """Return what a receipt says.

        :raises ReceiptRefusedError: it isn't the gateway's, is too old, or can't be read.
        """
        ...


class NoGateway:
    """Used until a channel is configured: the ledger says so, and the inbox still has the notice."""

    is_configured = False

    def send(self, message: Outgoing) -> str:
        """Refuse.

        :raises MessageRefusedError: always.
        """
        raise MessageRefusedError(f"渠道未配置：{message.message_id}")

    def read_receipt(
        self,
        *,
        body: bytes,  # noqa: ARG002 - the port's signature
        headers: Mapping[str, str],  # noqa: ARG002 - the port's signature
        at: datetime,  # noqa: ARG002 - the port's signature
    ) -> SmsReceipt:
        """Refuse.

        :raises ReceiptRefusedError: always.
        """
        raise ReceiptRefusedError

    def close(self) -> None:
        """Do nothing: nothing is open."""


mail_sender: Port[Sender] = Port(NoGateway())
sms_gateway: Port[SmsGateway] = Port(NoGateway())


def sender_for(channel: Channel) -> Sender:
    """Return whoever sends through `channel`."""
    return sms_gateway.get() if channel is Channel.SMS else mail_sender.get()
