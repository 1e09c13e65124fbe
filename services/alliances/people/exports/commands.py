"""What can be done about exports of a person: ask for one."""

from __future__ import annotations

from datetime import timedelta

from contracts.alliances.people.exports import PersonExportAsked, TooManyPersonExports
from contracts.alliances.people.sightings import SightingKind
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.people.exports.model import PersonExport
from services.alliances.people.exports.queries import count_asked
from services.alliances.people.exports.settings import PersonExportSettings
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.queries import records_of
from services.alliances.people.sightings.commands import see

DAY = timedelta(days=1)


def ask_person_export(
    session: Session, limits: PersonExportSettings, *, person: Person, purpose: str | None = None
) -> PersonExport:
    """Have what is held of a person gathered for the viewer; where that is not the person, they are told.

    Refuses with PurposeRequired where somebody else does not say why, and with TooManyPersonExports.
    """
    records = records_of(session, person)
    accounts = [each.account for each in records if each.account]
    if count_asked(session, session.now - DAY) >= limits.a_day:
        raise TooManyPersonExports("personId", most=limits.a_day)
    if session.viewer.id not in accounts:
        see(session, person=person, accounts=accounts, what=SightingKind.EXPORT, purpose=purpose)
    export = PersonExport(id=new_id(), created_at=session.now, person_id=person.id, asked_by=session.viewer.id)
    export.purpose, export.until = purpose or "", session.now + timedelta(days=limits.days)
    session.add(export)
    asked = PersonExportAsked(
        person_export_id=export.id,
        person_id=person.id,
        record_ids=[each.id for each in records],
        accounts=accounts,
        asked_by=export.asked_by,
        until=export.until,
    )
    record(session, export, asked)
    session.flush()
    return export
