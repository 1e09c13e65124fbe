"""Seeing: reading the people of entries leaves a sighting, one for a list and not one for each row of it."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.alliances.people.sightings import SightingKind
from contracts.events.judging.objections import Locus
from kit.data.db import Session
from procedures.sightings.leaving import leave
from services.events.admission.entries.model import Entry
from services.events.admission.entries.sightings import EntrySighting, part_of
from services.events.editions.editions.model import Edition
from services.events.rights import ORGANIZES, STANDS_AS

Whose = tuple[str, str]
"""The organisation that has entered somebody, and its province."""
_ENTERS = STANDS_AS[Locus.REPRESENTATIVE].exactly()


def seen_in_list(session: Session, edition: Edition, whose: Iterable[Whose], what: SightingKind) -> None:
    """The viewer is shown people of an edition, of these entries: of all that they may see, as anybody may suppose.

    Whoever entered them leaves nothing.
    """
    enters, organizes = _ENTERS.test(session), ORGANIZES.test(session)(series_id=edition.series_id)
    provinces = {province for id_, province in {*whose} if not enters(organization_id=id_)}
    leave(
        session,
        EntrySighting,
        {edition.id if organizes else part_of(edition.id, province) for province in provinces},
        what,
    )


def seen_alone(session: Session, entry: Entry, what: SightingKind) -> None:
    """The viewer is shown the people of this one entry; whoever entered them leaves nothing."""
    if not _ENTERS.test(session)(organization_id=entry.organization_id):
        leave(session, EntrySighting, [entry.id], what)


def people_seen(session: Session, entries: Iterable[Entry]) -> None:
    """The viewer is shown the people of these entries, with their editions: of one that they look at, or of a list."""
    shown = list(entries)
    if len(shown) == 1:
        seen_alone(session, shown[0], SightingKind.ENTRY_PEOPLE)
        return
    for edition in {entry.edition_id: entry.edition for entry in shown}.values():
        whose = ((entry.organization_id, entry.province) for entry in shown if entry.edition_id == edition.id)
        seen_in_list(session, edition, whose, SightingKind.ENTRY_PEOPLE)
