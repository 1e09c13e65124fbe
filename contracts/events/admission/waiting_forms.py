"""The forms of waiting: taking or declining the place on offer, and seeing what was decided."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, identifier, listing


class _OneEntry(Input):
    entry_id = identifier("Entry", says="The entry that has a place on offer.")


class AcceptOffer(_OneEntry):
    """Accept the place that is held for an entry. For those who may enter for its organisation."""


class DeclineOffer(_OneEntry):
    """Decline the place on offer and end the entry; the place goes to the next."""


class WaitingPlaces(Input):
    """Where several entries stand in their waiting lists."""

    entry_ids = listing(identifier(), min=1, max=100)


class WaitingDecisions(Browsed):
    """Every decision about an entry that waited, oldest first. For those concerned with the entry."""

    entry_id = identifier("Entry", says="The entry that waited.")
