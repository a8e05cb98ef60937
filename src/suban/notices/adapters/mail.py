"""Mail over SMTP. SMTP knows no idempotency: every attempt carries the same Message-ID."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from suban.notices.errors import ChannelFailedError, MessageRefusedError
from suban.notices.ports import NoGateway, Sender
from suban.notices.types import Outgoing

TIMEOUT_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """Fills `ports.Sender`: a connection per message, since the worker sends few at a time."""

    server: SplitResult
    sender: str
    starttls: bool

    @property
    def is_configured(self) -> bool:
        """A server is named."""
        return True

    def send(self, message: Outgoing) -> str:
        """Hand the mail to the server and return its Message-ID.

        :raises ChannelFailedError: no connection, or a temporary refusal (4xx).
        :raises MessageRefusedError: the address or the mail is refused for good (5xx).
        """
        mail = self._compose(message)
        try:
            with self._connect() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, _ = next(iter(refusal.recipients.values()))
            raise _failure(code) from refusal
        except smtplib.SMTPAuthenticationError as refusal:
            raise ChannelFailedError("邮件服务器登录失败") from refusal  # ours to mend, not the mail's
        except smtplib.SMTPResponseException as refusal:
            raise _failure(refusal.smtp_code) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            raise ChannelFailedError(type(failure).__name__) from failure
        return str(mail["Message-ID"])

    def _compose(self, message: Outgoing) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        try:
            mail["From"], mail["To"], mail["Subject"] = self.sender, message.address, message.title
        except ValueError as error:
            raise MessageRefusedError("邮箱地址不正确") from error
        if not mail["To"].addresses:
            raise MessageRefusedError("邮箱地址不正确")
        mail["Message-ID"] = f"<{message.message_id}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        return mail

    @contextmanager
    def _connect(self) -> Iterator[smtplib.SMTP]:
        host, port = self.server.hostname or "localhost", self.server.port
        if self.server.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT_SECONDS)
        with server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.server.username:
                server.login(unquote(self.server.username), unquote(self.server.password or ""))
            yield server


def _failure(code: int) -> ChannelFailedError | MessageRefusedError:
    return MessageRefusedError(f"SMTP {code}") if code >= 500 else ChannelFailedError(f"SMTP {code}")


def make_mail_sender(url: str) -> Sender:
    """Return a sender through `url`; without an address, one who isn't configured.

    `smtp://user:password@host:port?from=no-reply@example.org&starttls=1`, or `smtps://`.

    :raises ValueError: the address is of another kind.
    """
    if not url:
        return NoGateway()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("SUBAN_SMTP_URL must look like smtp://host:port")
    options = parse_qs(parts.query)
    sender = options.get("from", [f"no-reply@{parts.hostname}"])[0]
    return SmtpSender(server=parts, sender=sender, starttls=options.get("starttls") == ["1"])
