"""Seeing: a table that names contestants leaves a sighting, as a list does."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.alliances.people.sightings import SightingKind
from kit.data.db import Session
from services.events.admission.entries.model import Entry
from services.events.admission.entries.seeing import seen_in_list
from services.events.editions.editions.model import Edition
from services.events.judging.results.model import ResultRow


def seen(session: Session, edition: Edition, named: Iterable[Entry | ResultRow]) -> None:
    """The viewer is given these rows with the names of the people in them."""
    if whose := {(row.organization_id, row.province) for row in named}:
        seen_in_list(session, edition, whose, SightingKind.ENTRY_TABLES)
