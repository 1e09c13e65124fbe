"""Sightings of entries: who, beside those who entered them, has seen the people of an entry or of many in a list."""

from __future__ import annotations

from procedures.sightings.tables import Sighted
from services.events.admission.entries.model import Entry
from services.events.tables import EventsTable


class EntrySighting(Sighted, EventsTable):
    """The `thing` is an entry or, of a list, a competition, or what a competition has of a province."""

    __tablename__ = "entry_sightings"


def part_of(edition_id: str, province: str) -> str:
    """What somebody sees of a competition who sees one province of it."""
    return f"{edition_id}:{province}"


def things_of(entry: Entry) -> list[str]:
    """Whatever shows the people of this entry to who reads it."""
    return [entry.id, entry.edition_id, part_of(entry.edition_id, entry.province)]
