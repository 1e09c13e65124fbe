"""The forms of how a person is reached outside the hub."""

from __future__ import annotations

from contracts.forms import Input, Nothing, choice, flag, text
from contracts.notify.delivery import Language


class MyContact(Nothing):
    """How to reach the viewer; null until they give an address."""


class UpdateContact(Input):
    """Set the viewer's e-mail address, and whether notices are sent there."""

    address = text(max=254, says="Their e-mail address.")
    locale = choice(Language, says="The language to write in.")
    wants_email = flag(says="Whether notices are sent there.")


class EraseContact(Nothing):
    """Erase the viewer's address; what waits to be sent there is never sent."""
