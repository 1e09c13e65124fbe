"""Exporting: all that alliances holds about a person, as one document for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kit.data.db import Session
from kit.messages.outbox import history
from services.alliances.authority.roles.model import GrantGround
from services.alliances.authority.sessions.model import EndedSessions
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.queries import affiliations_of, grants_of, records_of
from services.alliances.people.persons.schemas import affiliation_view, person_view

MOST = 1000
"""So many roles are listed; nobody has that many."""


def export_person(session: Session, person: Person) -> dict[str, Any]:
    """The document: records, affiliations, roles with their grounds, when sessions were ended, what happened when."""
    records = records_of(session, person)
    accounts = [each.account for each in records if each.account]
    ended = session.scalars(select(EndedSessions).where(EndedSessions.person.in_(accounts)))
    return {
        "records": [person_view(each) for each in records],
        "affiliations": [affiliation_view(each, person.id) for each in affiliations_of(session, person)],
        "roles": _roles(session, accounts),
        "sessions_ended": [{"account": each.person, "ended_at": each.ended_at} for each in ended],
        "history": [{"type": row.type, "time": row.time} for row in history(session, Person.subject, person.id)],
    }


def _roles(session: Session, accounts: list[str]) -> list[dict[str, Any]]:
    """Each role that the person holds or held, with every ground on record."""
    grants = grants_of(session, accounts)[:MOST]
    query = select(GrantGround).where(GrantGround.grant_id.in_([grant.id for grant in grants]))
    grounds = session.scalars(query.order_by(GrantGround.id)).all()
    return [
        {
            "account": grant.person,
            "role": grant.role,
            "scope_type": grant.scope_type,
            "scope_id": grant.scope_id,
            "granted_at": grant.granted_at,
            "revoked_at": grant.revoked_at,
            "grounds": [
                {"kind": each.kind, "since": each.given_at, "until": each.until, "ended_at": each.ended_at}
                for each in grounds
                if each.grant_id == grant.id
            ],
        }
        for grant in grants
    ]
