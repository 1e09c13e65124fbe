"""E-mail: a letter becomes a message in text and HTML."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from services.notify.delivery.layout import render_email
from services.notify.delivery.letters import Letter
from services.notify.telling.wording import language

_SUBJECT = {"zh-CN": "【长三角教育协作枢纽】{}", "en": "[Delta Hub] {}"}
_POLICY = SMTP.clone(cte_type="7bit")  # a server need not know 8BITMIME


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
    message["Message-ID"] = f"<{letter.id}@{host_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = letter.locale  # last: what is set before would go into the first part
    return message


def host_of(sender: str) -> str:
    """The host in an address."""
    return parseaddr(sender)[1].rpartition("@")[2]
