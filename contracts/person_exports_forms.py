"""The forms of a service's part of an export of a person: every service reads them alike."""

from __future__ import annotations

from contracts.forms import Input, identifier, listing, whole


class PersonParts(Input):
    """How far these exports are in a service, for who has asked for them."""

    person_export_ids = listing(identifier(), min=1, max=100)


class PersonPiece(Input):
    """A piece of a service's part of an export, for who has asked for it."""

    person_export_id = identifier(says="The export.")
    number = whole(min=1, max=2**31 - 1, says="Which piece, from 1 on.")
