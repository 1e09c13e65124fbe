"""E-mail: a letter becomes a message in text and HTML, and leaves by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from services.notify.delivery import settings
from services.notify.delivery.layout import render_email
from services.notify.delivery.letters import Letter
from services.notify.telling.wording import language

_SUBJECT = {"zh-CN": "【长三角教育协作枢纽】{}", "en": "[Delta Hub] {}"}
_POLICY = SMTP.clone(cte_type="7bit")  # a server need not know 8BITMIME


class NotSent(Exception):  # noqa: N818 - the mail server's answer, which may be final or not
    """The mail server did not take the letter; `for_good` means that it would not another time either.

    `reason` is its code or the kind of fault, never its words: they may name the address.
    """

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The message; its Message-ID is the same each time, so that a reader's mailbox can tell a second copy.

    Its subject is made of our own words alone: what people have written stands in the body, under our name.
    """
    said = letter.said()
    text, html = render_email(said, letter.locale, letter.why(), letter.link)
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = _SUBJECT[language(letter.locale)].format(said.subject)
    message["Date"] = letter.written_at
    message["Message-ID"] = f"<{letter.id}@{_host(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = letter.locale  # last: what is set before would go into the first part
    return message


def send(message: EmailMessage, smtp: settings.Smtp) -> None:
    """Return once the mail server has taken the message; raises NotSent where it has not, or nobody can tell."""
    try:
        client = smtplib.SMTP(smtp.host, smtp.port, local_hostname=_host(smtp.sender), timeout=smtp.timeout)
        try:
            _sign_in(client, smtp)
            client.send_message(message)
            _say_goodbye(client)
        finally:
            client.close()
    except (smtplib.SMTPException, OSError) as error:
        raise _not_sent(error) from None


def _sign_in(client: smtplib.SMTP, smtp: settings.Smtp) -> None:
    if smtp.starttls:
        client.starttls(context=ssl.create_default_context())
    if smtp.user:
        client.login(smtp.user, smtp.password)


def _say_goodbye(client: smtplib.SMTP) -> None:
    # the letter is taken: what goes wrong from here on must not have it sent again
    with suppress(smtplib.SMTPException, OSError):
        client.quit()


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


def _host(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]
