"""What can be done about sightings: write one down, in the transaction that lets somebody read."""

from __future__ import annotations

from contracts.alliances.people.sightings import PersonSeen, PurposeRequired, SightingKind
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.people.persons.model import Person
from services.alliances.people.sightings.model import Sighting


def see(session: Session, *, person: Person, accounts: list[str], what: SightingKind, purpose: str | None) -> Sighting:
    """The viewer reads what is held of a person, who is told; refuses with PurposeRequired."""
    if not purpose:
        raise PurposeRequired("purpose")
    sighting = Sighting(id=new_id(), created_at=session.now, person_id=person.id, seen_by=session.viewer.id)
    sighting.what, sighting.purpose = what, purpose
    session.add(sighting)
    seen = PersonSeen(
        sighting_id=sighting.id,
        **person.about,
        seen_by=sighting.seen_by,
        what=sighting.what,
        purpose=purpose,
        accounts=accounts,
    )
    record(session, sighting, seen)
    return sighting
