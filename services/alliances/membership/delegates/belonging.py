"""Belonging: who votes for a member, or stands in, works for it on every day on which they do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from contracts.alliances.membership.delegates import DelegateKind, DelegateNotAffiliated
from kit.data.db import Session
from kit.rights.merged import one_with
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.charters.rules import DelegatesForm
from services.alliances.membership.memberships.model import Membership
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.persons.queries import STAYS

BELONG = frozenset({DelegateKind.VOTING, DelegateKind.ALTERNATE})
DAY = timedelta(days=1)


def must_belong(session: Session, membership: Membership, kind: str, since: date) -> bool:
    """Whether the charter asks of this kind of delegate to work for the member."""
    return kind in BELONG and in_force(session, membership.alliance_id, since).section(DelegatesForm).affiliated


def record_of(session: Session, membership: Membership, since: date, *, name: str, **known: str | None) -> str:
    """The record of the one who works for the member on this day: by its id, the account or else the name.

    Refuses with DelegateNotAffiliated where there is none, more than one of the name, or another one of the account.
    """
    query = select(STAYS).select_from(Person).join(Affiliation, Affiliation.person_id == Person.id).distinct()
    at_work = or_(Affiliation.until.is_(None), Affiliation.until >= since)
    query = query.where(
        Affiliation.organization_id.in_(_bodies(session, membership)), Affiliation.since <= since, at_work
    )
    if any(known.values()):
        for column, value in ((Person.id, known["person_id"]), (Person.account, known["person"])):
            if value:
                query = query.where(STAYS.in_([session.scalar(select(STAYS).where(column == value))]))
    else:
        query = query.where(or_(Person.name_zh == name, Person.name_en == name))
    found = session.scalars(query.limit(2)).all()
    if len(found) != 1:
        raise DelegateNotAffiliated("since" if any(known.values()) else "name", since=since.isoformat())
    return found[0]


def last_day(session: Session, membership: Membership, person_id: str, since: date) -> date | None:
    """`last_day_of` somebody who works for the member."""
    return last_day_of(_affiliations(session, membership, person_id), since)


def last_day_of(affiliations: Sequence[Affiliation], since: date) -> date | None:
    """Through which day somebody with these affiliations, by their first days, works there from a day on.

    None where no end is known; the day before, where they do not on that day.
    """
    last = since - DAY
    for each in affiliations:
        if each.since - DAY <= last:
            if each.until is None:
                return None
            last = max(last, each.until)
    return last


def _affiliations(session: Session, membership: Membership, person_id: str) -> Sequence[Affiliation]:
    """Those of a person to the member, by their first days."""
    query = select(Affiliation).join(Person, Affiliation.person_id == Person.id)
    stays = session.scalar(select(STAYS).where(Person.id == person_id))
    whose = (Affiliation.organization_id.in_(_bodies(session, membership)), STAYS.in_([stays]))
    return session.scalars(query.where(*whose).order_by(Affiliation.since, Affiliation.id)).all()


def _bodies(session: Session, membership: Membership) -> list[str]:
    return one_with(session, membership.organization_id)
