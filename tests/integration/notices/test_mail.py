"""The mail adapter against a real SMTP conversation over a socket."""

import email
import email.policy
import socketserver
import threading

import pytest

from suban.notices.adapters import make_mail_sender
from suban.notices.errors import ChannelFailedError, MessageRefusedError
from suban.notices.types import Outgoing

MESSAGE = Outgoing(
    message_id="m1",
    address="someone@example.org",
    title="申请已受理：执业药师首次注册",
    text="正文\n第二行\n.\n完",
)


class Conversation(socketserver.StreamRequestHandler):
    """Just enough SMTP; `server.replies` overrides the answer to a verb."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper().decode()
            self.server.heard.append(line.strip().decode())
            reply = self.server.replies.get(verb)
            if verb == "DATA" and reply is None:
                self.say("354 go on")
                self.server.mails.append(self.read_mail())
                reply = "250 taken"
            self.say(reply or ("221 bye" if verb == "QUIT" else "250 ok"))
            if verb == "QUIT" or (reply or "").startswith("421"):
                return

    def read_mail(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails, self.heard, self.replies = [], [], {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?from=no-reply@suban.example"


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_arrives_whole(server):
    provider_id = make_mail_sender(server.url).send(MESSAGE)

    mail = email.message_from_bytes(server.mails[0], policy=email.policy.default)
    assert mail["Subject"] == MESSAGE.title
    assert (mail["To"], mail["From"]) == ("someone@example.org", "no-reply@suban.example")
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == MESSAGE.text
    assert mail["Message-ID"] == provider_id == "<m1@suban.example>"


def test_every_attempt_carries_the_same_message_id(server):
    sender = make_mail_sender(server.url)

    assert sender.send(MESSAGE) == sender.send(MESSAGE)


@pytest.mark.parametrize(
    ("verb", "reply", "refusal"),
    [
        ("RCPT", "550 no such mailbox", MessageRefusedError),
        ("RCPT", "450 later", ChannelFailedError),
        ("DATA", "554 refused", MessageRefusedError),
        ("DATA", "451 later", ChannelFailedError),
        ("MAIL", "421 closing", ChannelFailedError),
    ],
)
def test_a_refusal_for_good_is_told_from_one_for_now(server, verb, reply, refusal):
    server.replies[verb] = reply

    with pytest.raises(refusal):
        make_mail_sender(server.url).send(MESSAGE)


def test_a_failed_sign_in_is_ours_to_mend_and_tried_again(server):
    server.replies |= {"EHLO": "250-hello\r\n250 AUTH PLAIN", "AUTH": "535 wrong"}
    url = server.url.replace("smtp://", "smtp://user:p%40ss@")

    with pytest.raises(ChannelFailedError):
        make_mail_sender(url).send(MESSAGE)
    assert any(line.startswith("AUTH") for line in server.heard)


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", ""])
def test_an_address_that_is_none_is_refused_for_good(server, address):
    message = Outgoing(message_id="m1", address=address, title="t", text="x")

    with pytest.raises(MessageRefusedError):
        make_mail_sender(server.url).send(message)
    assert server.mails == []


def test_nobody_listens():
    with pytest.raises(ChannelFailedError):
        make_mail_sender("smtp://127.0.0.1:9").send(MESSAGE)


def test_without_an_address_there_is_no_sender():
    assert not make_mail_sender("").is_configured


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org:25"])
def test_an_address_of_another_kind_fails_at_the_start(url):
    with pytest.raises(ValueError, match="SUBAN_SMTP_URL"):
        make_mail_sender(url)
