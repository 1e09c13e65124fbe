"""Connection: one conversation with the mail server, kept while there are letters to send, for so many of them."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.utils import parseaddr

from services.notify.delivery.email import host_of
from services.notify.delivery.settings import Smtp

FAULTS = (smtplib.SMTPException, OSError)


class NotSent(Exception):  # noqa: N818 - the mail server's answer, which may be final or not
    """The mail server did not take the letter; `for_good` means that it would not another time either.

    `reason` is its code or the kind of fault, never its words: they may name the address.
    """

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Connection:
    """Opened by the first letter; for one thread. It is ended after `a_connection` letters, or by whoever has no more."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        self._client: smtplib.SMTP | None = None
        self._sent = 0

    def send(self, address: str, message: bytes) -> None:
        """Return once the mail server has taken the message; raises NotSent where it has not, or nobody can tell."""
        try:
            self._say(parseaddr(self._smtp.sender)[1], address, message)
        except FAULTS as error:
            self._mend(error)
            raise _not_sent(error) from None
        self._sent += 1
        if self._sent >= self._smtp.a_connection:
            self.end()

    def end(self) -> None:
        """Say goodbye. What was taken is taken: whatever goes wrong here must not have it sent again."""
        client, self._client = self._client, None
        if client:
            with suppress(*FAULTS):
                client.quit()
            client.close()

    def _say(self, sender: str, address: str, content: bytes) -> None:
        client = self._begun(sender, len(content))
        code, said = client.rcpt(address)
        if code not in {250, 251}:
            raise smtplib.SMTPRecipientsRefused({address: (code, said)})
        code, said = client.data(content)
        if code != 250:
            raise smtplib.SMTPDataError(code, said)

    def _begun(self, sender: str, size: int) -> smtplib.SMTP:
        """A connection whose server takes letters of this sender: where a kept one no longer does, nothing is lost yet."""
        if self._client:
            with suppress(*FAULTS):
                if _begin(self._client, sender, size)[0] == 250:
                    return self._client
            self.end()
        self._client, self._sent = self._opened(), 0
        code, said = _begin(self._client, sender, size)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said if isinstance(said, bytes) else b"", sender)
        return self._client

    def _opened(self) -> smtplib.SMTP:
        smtp = self._smtp
        client = smtplib.SMTP(smtp.host, smtp.port, local_hostname=host_of(smtp.sender), timeout=smtp.timeout)
        try:
            if smtp.starttls:
                client.starttls(context=ssl.create_default_context())
            if smtp.user:
                client.login(smtp.user, smtp.password)
            client.ehlo_or_helo_if_needed()
        except FAULTS:
            client.close()
            raise
        return client

    def _mend(self, error: smtplib.SMTPException | OSError) -> None:
        """A server that has refused a letter may be given the next; one that is going, or was lost, is asked anew."""
        code = _not_sent(error).reason
        if self._client and code.isdecimal() and code != "421":
            with suppress(*FAULTS):
                self._client.rset()
                return
        if self._client:
            self._client.close()
            self._client = None


def _begin(client: smtplib.SMTP, sender: str, size: int) -> tuple[int, bytes]:
    return client.mail(sender, [f"size={size}"] if client.has_extn("size") else [])


def _not_sent(error: smtplib.SMTPException | OSError) -> NotSent:
    """5xx is final where it is said of this letter; a refused sign-in or greeting is for the operator to mend."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            code = max(code for code, _ in recipients.values())
            return NotSent(str(code), for_good=code >= 500)
        case smtplib.SMTPSenderRefused(smtp_code=code) | smtplib.SMTPDataError(smtp_code=code):
            return NotSent(str(code), for_good=code >= 500)
        case smtplib.SMTPResponseException(smtp_code=code):
            return NotSent(str(code), for_good=False)
        case _:
            return NotSent(type(error).__name__, for_good=False)
