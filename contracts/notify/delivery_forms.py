"""The forms of how a person is reached outside the hub."""

from __future__ import annotations

from contracts.forms import Input, Nothing, choice, flag, text
from contracts.notify.delivery import Language


class MyContact(Nothing):
    """Where the viewer may be reached; null until they say it."""


class UpdateContact(Input):
    """Say where the viewer may be reached, and whether notices are to be sent there."""

    address = text(max=254, says="Their e-mail address.")
    locale = choice(Language, says="The language to write in.")
    wants_email = flag(says="Whether notices are sent there.")


class EraseContact(Nothing):
    """Forget the viewer's address; what waits to be sent there never will be."""
