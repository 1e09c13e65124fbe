"""What can be asked about sightings: who has read what is held of the viewer."""

from __future__ import annotations

from sqlalchemy import select

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.queries import STAYS, person_of
from services.alliances.people.sightings.model import Sighting


def my_sightings(session: Session, *, stretch: Stretch = START) -> Page[Sighting]:
    """Those of the viewer's record and of what was merged into it, the newest first."""
    own = person_of(session, session.viewer.id)
    records = select(Person.id).where(STAYS.in_([own.id if own else None]))
    query = select(Sighting).where(Sighting.person_id.in_(records)).order_by(Sighting.id.desc())
    return page(session, query, stretch)
