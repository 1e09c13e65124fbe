"""By name: who votes for many members at once, named as a sheet names them, with as many statements for many as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from contracts.alliances.membership import delegates as say
from contracts.alliances.membership.delegates import DelegateKind, DelegateNotAffiliated
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.rights.merged import meaning
from services.alliances.membership.charters.reading import InForce, today
from services.alliances.membership.charters.rules import DelegatesForm
from services.alliances.membership.delegates.belonging import last_day_of
from services.alliances.membership.delegates.commands import about
from services.alliances.membership.delegates.model import Delegate
from services.alliances.membership.memberships.model import Membership
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.persons.queries import STAYS

Named = tuple[str, str]
"""An organisation, and what somebody of it is called."""


@dataclass(frozen=True)
class Staff:
    """Who works for organisations on a day, of those that bear some names; `asked` where the charter asks for that."""

    asked: bool
    day: date
    found: Mapping[Named, frozenset[str]]

    def record_of(self, organization_id: str | None, name: str) -> str | None:
        """The record of the one who bears the name; refuses with DelegateNotAffiliated nobody and more than one."""
        if not self.asked:
            return None
        known = self.found.get((organization_id or "", name), frozenset())
        if len(known) != 1:
            raise DelegateNotAffiliated("delegate", since=self.day.isoformat())
        return next(iter(known))


def staff_of(session: Session, charter: InForce, organization_ids: Collection[str], names: Collection[str]) -> Staff:
    """Who of these names works for these organisations today, or for those that were merged into them."""
    day, asked = today(session), charter.section(DelegatesForm).affiliated
    found: dict[Named, set[str]] = defaultdict(set)
    if asked and names:
        means = {id_: id_ for id_ in organization_ids} | meaning(session, organization_ids)
        for organization_id, record_id, zh, en in session.execute(_at_work(means, names, day)):
            for name in {zh, en}:
                found[means[organization_id], name].add(record_id)
    return Staff(asked, day, {named: frozenset(ids) for named, ids in found.items()})


def name_voting(session: Session, staff: Staff, named: Mapping[str, Named], members: Sequence[Membership]) -> None:
    """Let these vote for organisations that have just become members, by membership: the name and the position.

    Nobody else votes for them today or later. Refuses with DelegateNotAffiliated.
    """
    whose = {each.id: staff.record_of(each.organization.current.id, named[each.id][0]) for each in members}
    ends = _last_days(session, members, {id_ for id_ in whose.values() if id_}, staff.day)
    for membership in members:
        (name, position), record_id = named[membership.id], whose[membership.id]
        delegate = Delegate(id=new_id(), created_at=session.now, version=0, membership=membership, name=name)
        delegate.kind, delegate.person, delegate.position = DelegateKind.VOTING, None, position or None
        delegate.person_id, delegate.since = record_id, staff.day
        delegate.until = ends[membership.organization.current.id, record_id] if record_id else None
        session.add(delegate)
        record(session, delegate, say.DelegateNamed(**about(delegate, membership), since=staff.day))


def _at_work(bodies: Collection[str], names: Collection[str], day: date) -> Select[str, str, str, str]:
    works = or_(Affiliation.until.is_(None), Affiliation.until >= day)
    return (
        select(Affiliation.organization_id, STAYS, Person.name_zh, Person.name_en)
        .join(Person, Affiliation.person_id == Person.id)
        .where(Affiliation.organization_id.in_(bodies), Affiliation.since <= day, works)
        .where(or_(Person.name_zh.in_(names), Person.name_en.in_(names)))
    )


def _last_days(
    session: Session, members: Sequence[Membership], record_ids: Collection[str], day: date
) -> dict[tuple[str, str], date | None]:
    """Through which day each of these people works for each member; where they do is held against being said anew."""
    if not record_ids:
        return {}
    held = select(Person.id).where(STAYS.in_(record_ids)).order_by(Person.id).with_for_update()
    session.execute(held)
    bodies = {each.organization.current.id for each in members}
    means = {id_: id_ for id_ in bodies} | meaning(session, bodies)
    theirs = (
        select(Affiliation, STAYS)
        .join(Person, Affiliation.person_id == Person.id)
        .where(STAYS.in_(record_ids), Affiliation.organization_id.in_(means))
    )
    found: dict[tuple[str, str], list[Affiliation]] = defaultdict(list)
    for each, record_id in session.execute(theirs.order_by(Affiliation.since, Affiliation.id)):
        found[means[each.organization_id], record_id].append(each)
    return {key: last_day_of(affiliations, day) for key, affiliations in found.items()}
