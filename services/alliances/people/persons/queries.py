"""What can be asked about persons: who they are, what they are called, where they work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.clock import in_china
from kit.data.db import Session
from kit.data.paging import Page, by_age, page
from kit.rights.grants import Grant
from kit.rights.right import province_code
from kit.rights.ways import any_of
from procedures.search.finding import Search, found
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import KNOWS_PERSON, SPEAKS_FOR_ORGANIZATION

STAYS = func.coalesce(Person.merged_into, Person.id)
"""The id of the record that stays, of one that was merged and of one that was not; it has an index of its own."""

OfPerson = tuple[Affiliation, str]
"""An affiliation with the id of the person's record that stays."""


def person(session: Session, person_id: str, field: str = "personId") -> Person:
    """The person, locked until this transaction ends; of a record that was merged the one that stays. Refuses with NotFound."""
    found = record_of(session, person_id, field)
    return person(session, found.merged_into, field) if found.merged_into else found


def person_of(session: Session, account: str) -> Person | None:
    """The person whose account this is, in no way locked."""
    known = select(STAYS).where(Person.account == account).scalar_subquery()
    return session.scalars(select(Person).where(Person.id == known)).one_or_none()


def record_of(session: Session, person_id: str, field: str) -> Person:
    """The record itself, also one that was merged, locked until this transaction ends; refuses with NotFound."""
    found = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if found is None or found.erased_at:
        raise NotFound(field)
    return found


def records_of(session: Session, person: Person) -> Sequence[Person]:
    """The record of a person and those that were merged into it, locked until this transaction ends."""
    query = select(Person).where(STAYS.in_([person.id])).order_by(Person.id).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def grants_of(session: Session, accounts: Collection[str]) -> Sequence[Grant]:
    """The roles that these accounts hold or held."""
    return session.scalars(select(Grant).where(Grant.person.in_(accounts)).order_by(Grant.id)).all()


def has_duplicates(session: Session, person: Person) -> bool:
    """Whether other records were merged into this one."""
    return session.scalar(select(Person.id).where(Person.merged_into == person.id).limit(1)) is not None


def names_of(session: Session, accounts: list[str]) -> list[dict[str, Any]]:
    """What the persons with these accounts are called; accounts of nobody are left out."""
    stays = aliased(Person)
    query = (
        select(Person.account, stays.name_zh, stays.name_en)
        .join(stays, stays.id == STAYS)
        .where(Person.account.in_(accounts))
    )
    return [{"account": account, "name_zh": zh, "name_en": en} for account, zh, en in session.execute(query)]


def persons_by_id(session: Session, ids: list[str]) -> Sequence[Person]:
    """Those of these persons that the viewer may know of, in no particular order."""
    return session.scalars(select(Person).where(Person.id.in_(ids), _shown(session))).all()


def people(
    session: Session,
    *,
    organization_id: str,
    search: str | None = None,
    stretch: Stretch = START,
) -> Page[Person]:
    """Who works for an organisation today, by when they were registered; with a `search` whom it finds, in its order."""
    day = today(session)
    on = and_(Affiliation.since <= day, or_(Affiliation.until.is_(None), Affiliation.until >= day))
    here = and_(Affiliation.organization_id == organization_id, on)
    if search:
        return found(session, Person, Search(search, seen=lambda id_: _works(id_, here).exists()), stretch)
    return page(session, select(Person).where(_works(Person.id, here).exists()), stretch, orders=by_age(Person.id))


def affiliation(session: Session, affiliation_id: str) -> Affiliation:
    """The affiliation with its organisation; refuses with NotFound."""
    query = select(Affiliation).where(Affiliation.id == affiliation_id).options(joinedload(Affiliation.organization))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("affiliationId")
    return found


def affiliations_of(session: Session, person: Person) -> Sequence[Affiliation]:
    """All affiliations of a person, also those of their merged records, as they are now."""
    query = select(Affiliation).join(Person, Affiliation.person_id == Person.id).where(STAYS.in_([person.id]))
    query = query.options(joinedload(Affiliation.organization)).order_by(Affiliation.id)
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def affiliations_of_persons(session: Session, person_ids: list[str]) -> list[OfPerson]:
    """The affiliations of all these persons, the oldest first."""
    return _of_persons(session, lambda stays: stays.id.in_(person_ids))


def affiliations_by_id(session: Session, ids: list[str]) -> list[OfPerson]:
    """Those of these affiliations that exist."""
    return _of_persons(session, lambda _: Affiliation.id.in_(ids))


def _of_persons(session: Session, which: Callable[[Any], ColumnElement[bool]]) -> list[OfPerson]:
    """Those of whose persons the viewer may know."""
    stays = aliased(Person)
    query = (
        select(Affiliation, stays.id)
        .join(Person, Affiliation.person_id == Person.id)
        .join(stays, stays.id == STAYS)
        .where(which(stays), _shown(session, stays))
        .order_by(Affiliation.id)
    )
    return [(affiliation, person_id) for affiliation, person_id in session.execute(query)]


def today(session: Session) -> date:
    """The day in China."""
    return in_china(session.now).date()


def _shown(session: Session, who: Any = Person) -> ColumnElement[bool]:
    """Which persons the viewer may know of: themselves, whom they registered, and who works or worked for whom they act for."""
    own = KNOWS_PERSON.rows(session, account=who.account, registered_by=who.registered_by)
    province = province_code(Organization.region)
    acts = SPEAKS_FOR_ORGANIZATION.rows(session, organization_id=Affiliation.organization_id, province=province)
    return any_of([own, acts if acts is true() or acts is false() else _works(who.id, acts).scalar_subquery()])


def _works(person_id: Any, where: ColumnElement[bool]) -> Select[bool]:
    """That the person with this id has an affiliation of which this is so.

    As a value it is looked up for each person; with `exists` the database may begin from the affiliations.
    """
    record = aliased(Person)
    return (
        select(true())
        .select_from(record)
        .join(Affiliation, Affiliation.person_id == record.id)
        .join(Organization, Affiliation.organization_id == Organization.id)
        .where(func.coalesce(record.merged_into, record.id) == person_id, where)
        .limit(1)
    )
