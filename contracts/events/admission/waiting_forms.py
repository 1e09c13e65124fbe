"""The forms of waiting: taking or declining the place on offer, and seeing what was decided."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, flag, identifier, listing, nested, region, whole


class _OneEntry(Input):
    entry_id = identifier("Entry", says="The entry that has a place on offer.")


class AcceptOffer(_OneEntry):
    """Accept the place that is held for an entry. For those who may enter for its organisation."""


class DeclineOffer(_OneEntry):
    """Decline the place on offer and end the entry; the place goes to the next."""


class SupposedProvince(Input):
    """How full a province's places are supposed to be."""

    province = region(says="The province.")
    places = whole(min=0, max=1_000_000, says="How many places it has.")
    filled = whole(min=0, max=1_000_000, says="How many of them are taken or on offer.")


class SupposedLine(Input):
    """A delegation that is supposed to wait with so many entries, which come one after the other."""

    province = region(says="The province of the delegation.")
    entries = whole(min=1, max=100, says="How many entries wait.")
    together = flag(required=False, says="Whether they want to come all or not at all.")


class SimulateWaiting(Input):
    """What each waiting policy would do with a line of waiting entries. Nothing is read and nothing is changed."""

    free = whole(min=0, max=1_000_000, says="How many places are free, for whoever waits.")
    line = listing(nested(SupposedLine), min=1, max=100, says="Who waits, in the order in which they came.")
    provinces = listing(
        nested(SupposedProvince), max=34, required=False, says="How full the provinces are; those left out are empty."
    )


class WaitingPlaces(Input):
    """Where several entries stand in their waiting lists."""

    entry_ids = listing(identifier(), min=1, max=100)


class WaitingDecisions(Browsed):
    """Every decision about an entry that waited, oldest first. For those concerned with the entry."""

    entry_id = identifier("Entry", says="The entry that waited.")
