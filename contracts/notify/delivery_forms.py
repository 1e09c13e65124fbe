"""The forms of how a person is reached outside the hub."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, Nothing, choice, flag, identifier, text, verbatim
from contracts.notify.delivery import DeliveryState, Language


class MyContact(Nothing):
    """How to reach the viewer; null until they give an address."""


class UpdateContact(Input):
    """Set the viewer's e-mail address, and whether notices are sent there.

    A new address gets one e-mail with a code, and nothing else before it is confirmed by `confirmContact`.
    """

    address = text(max=254, says="Their e-mail address.")
    locale = choice(Language, says="The language to write in.")
    wants_email = flag(says="Whether notices are sent there.")


class ConfirmContact(Input):
    """Confirm the viewer's address by the code that was sent there."""

    code = text(max=40, says="The code in the e-mail; spaces, hyphens and small letters do not matter.")


class ResendConfirmation(Nothing):
    """Have another code sent to the viewer's address, in place of the one before."""


class Unsubscribe(Input):
    """No more e-mails to the address whose e-mails hold this link; whoever has the link may ask for it."""

    token = verbatim(max=100, pattern=r"[\w-]+\Z", says="The last part of the link.")


class EraseContact(Nothing):
    """Erase the viewer's address; what waits to be sent there is never sent."""


class Deliveries(Browsed):
    """The e-mails with notices of everybody, newest first; without the addresses. For the hub office."""

    state = choice(DeliveryState, required=False, says="Only those of which this has become.")


class ResendDelivery(Input):
    """Have an e-mail with a notice sent again, to the address that its recipient has now. For the hub office."""

    delivery_id = identifier("Delivery", says="The e-mail.")
    reason = text(max=500, required=False, says="Why; for the record.")
