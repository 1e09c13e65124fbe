"""The forms of office contacts: how a position in an organisation is reached."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, identifier, text, verbatim


class SetOfficeContact(Input):
    """Say how a position in an organisation is reached, or say it anew. For its representatives and the offices.

    It belongs to the position, whoever holds it; private numbers and addresses have no place here.
    """

    organization_id = identifier("Organization", says="The organisation.")
    position = text(max=100, says="The position, as 校长办公室主任 or Head of the international office.")
    phone = verbatim(
        required=False, max=40, pattern=r"[0-9+() /-]{5,40}\Z", says="Its office telephone, with the area code."
    )
    email = verbatim(
        required=False, max=254, pattern=r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+\Z", says="Its work address for e-mail."
    )


class RemoveOfficeContact(Input):
    """Take a position off the list. For the representatives of the organisation and the offices."""

    contact_id = identifier("OfficeContact", says="The contact.")


class OfficeContacts(Browsed):
    """The office contacts of an organisation.

    For its representatives, the offices, and the secretariats of alliances that it belongs to or has applied to.
    """

    organization_id = identifier("Organization", says="The organisation.")


class ContactSightings(Browsed):
    """Who has read the office contacts of an organisation without speaking for it, once for each day; the newest first.

    For its representatives and the offices.
    """

    organization_id = identifier("Organization", says="The organisation.")
