"""SMTP: a mail server that keeps what it is sent, and refuses, hangs up or dawdles when a test tells it to."""

import asyncio
import email
import email.policy
import time
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import free_port


@dataclass(frozen=True)
class Mail:
    """One message that was accepted: the envelope's sender and recipients, and the parsed content."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


class MailServer:
    """An SMTP server on a thread. `mails` is what it accepted, `attempts` counts what was offered, refused or not."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[Mail] = []
        self.attempts = 0
        self._controller: Controller | None = None
        self.behave()

    def start(self) -> None:
        """Listen; after `stop` on the same port again."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, decode_data=False)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening: clients are refused a connection."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def mails_to(self, address: str) -> list[Mail]:
        """What was accepted for one recipient."""
        return [mail for mail in self.mails if address in mail.recipients]

    def behave(self) -> None:
        """End every fault."""
        self._refusal = ""
        self._hangs_up = False
        self._delay = 0.0

    def refuse(self, code: int) -> None:
        """Answer every message with this code: 4xx asks the sender to come again, 5xx to give up."""
        self._refusal = f"{code} refused by the test"

    def hang_up(self) -> None:
        """Take a message and close the connection without an answer: the sender cannot know whether it arrived."""
        self._hangs_up = True

    def be_slow(self, seconds: float) -> None:
        """Answer each message only after this time."""
        self._delay = seconds

    def wait_for(self, count: int, seconds: float = 60) -> list[Mail]:
        """The accepted mails, when there are at least `count`; raises TimeoutError with what there is."""
        deadline = time.monotonic() + seconds
        while len(self.mails) < count:
            if time.monotonic() > deadline:
                subjects = [mail.message["Subject"] for mail in self.mails]
                raise TimeoutError(f"{len(self.mails)} mails instead of {count} after {seconds} s: {subjects}")
            time.sleep(0.02)
        return list(self.mails)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Called by aiosmtpd for each message; returns the SMTP answer."""
        self.attempts += 1
        await asyncio.sleep(self._delay)
        if self._hangs_up:
            _abort(server)
        elif not self._refusal:
            self.mails.append(_mail(envelope))
        return self._refusal or "250 OK"


def _abort(server: Any) -> None:
    server.transport.abort()


def _mail(envelope: Envelope) -> Mail:
    message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Mail(sender=envelope.mail_from or "", recipients=tuple(envelope.rcpt_tos), message=message)
