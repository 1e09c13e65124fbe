"""E-mail: a letter becomes a message in text and HTML, as it stands on the wire."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

from services.notify.delivery.layout import render_email
from services.notify.delivery.letters import Letter
from services.notify.telling.wording import language

_SUBJECT = {"zh-CN": "【长三角教育协作枢纽】{}", "en": "[Delta Hub] {}"}


def compose(letter: Letter, sender: str) -> bytes:
    """The message; its Message-ID is the same each time, so that a reader's mailbox can tell a second copy.

    Its subject is made of our own words alone: what people have written stands in the body, under our name. Written by
    hand, since the standard library parses each header that it is given, which takes longer than all the rest of a letter.
    """
    said = letter.said()
    text, html = render_email(said, letter.locale, letter.why(), letter.link)
    subject = _SUBJECT[language(letter.locale)].format(said.subject)
    boundary = f"=_{letter.id}"  # which nobody who writes a text can know
    headers = {
        "From": _from(sender),
        "To": letter.address,
        "Subject": Header(subject, "us-ascii" if subject.isascii() else "utf-8", header_name="Subject").encode(),
        "Date": format_datetime(letter.written_at),
        "Message-ID": f"<{letter.id}@{host_of(sender)}>",
        "Auto-Submitted": "auto-generated",
        **_unsubscribing(letter),
        "Content-Language": letter.locale,
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    parts = [_head(headers), _part("plain", text), _part("html", html)]
    lines = f"\n--{boundary}\n".join(parts) + f"\n--{boundary}--\n"
    return lines.replace("\n", "\r\n").encode("ascii")


@cache  # of a setting
def host_of(sender: str) -> str:
    """The host in an address."""
    return parseaddr(sender)[1].rpartition("@")[2]


@cache
def _from(sender: str) -> str:
    return formataddr(parseaddr(sender))


def _unsubscribing(letter: Letter) -> dict[str, str]:
    """How a reader's program ends them with one click (RFC 8058)."""
    if not letter.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{letter.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _part(kind: str, content: str) -> str:
    """The content in lines that every server takes (7bit): what is ASCII can still be read in them."""
    content = content.replace("\r\n", "\n")
    raw, ascii_ = content.encode(), content.isascii()
    encoded = binascii.b2a_qp(raw, istext=True) if ascii_ else base64.encodebytes(raw)
    headers = {
        "Content-Type": f'text/{kind}; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable" if ascii_ else "base64",
    }
    return _head(headers) + "\n" + encoded.decode("ascii")


def _head(headers: Mapping[str, str]) -> str:
    """Raises ValueError where a value would end its header."""
    for name, value in headers.items():
        if name != "Subject" and not value.isprintable():  # the subject is folded, each line of it begins with a space
            raise ValueError(f"{name} is not of one line")
    return "".join(f"{name}: {value}\n" for name, value in headers.items())
