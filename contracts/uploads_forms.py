"""The forms of uploads: what is said of a file before it is sent."""

from __future__ import annotations

from contracts.forms import Input, text, verbatim, whole
from contracts.uploads import LARGEST

NAME = r"(?!\.{1,2}\Z)[^/\\]+\Z"
"""The name of a file is no path."""


class FileToSend(Input):
    """A file that is announced."""

    name = text(max=200, pattern=NAME, says="What the file is called, without a path.")
    media_type = text(max=100, says="Its media type, such as application/pdf; the rules say which are taken.")
    size = whole(min=1, max=LARGEST, says="How many bytes the file has.")
    sha256 = verbatim(
        max=64, pattern=r"[0-9a-f]{64}\Z", says="The SHA-256 of the file, 64 hexadecimal digits in lower case."
    )


class OfTicket(Input):
    """Where the file lies that a ticket names, and as what it is given out; the ticket is the right."""

    ticket = verbatim(max=4_000)
