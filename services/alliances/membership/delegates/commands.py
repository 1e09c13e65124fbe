"""What can be done about delegates: name one, set the last day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from contracts.alliances.membership import delegates as say
from contracts.alliances.membership.delegates import DelegateKind, DelegateNotAffiliated, DelegateOverlaps
from contracts.alliances.membership.memberships import TermInvalid
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.membership.charters.reading import today
from services.alliances.membership.delegates.belonging import last_day, must_belong, record_of
from services.alliances.membership.delegates.model import Delegate
from services.alliances.membership.delegates.queries import delegates_of
from services.alliances.membership.memberships.model import Membership
from services.alliances.people.persons.queries import person as find_person

DAY = timedelta(days=1)


def name_delegate(
    session: Session,
    *,
    membership: Membership,
    joined: date,
    kind: DelegateKind,
    since: date,
    person_id: str | None = None,
    **who: Any,
) -> Delegate:
    """Somebody speaks for a member from a day on; who voted until then does so through the day before.

    Refuses with MembershipStands, TermInvalid, DelegateNotAffiliated or DelegateOverlaps.
    """
    membership.check_lives()
    if since < joined:
        raise TermInvalid("since", earliest=joined.isoformat())
    until = None
    if must_belong(session, membership, kind, since):
        known = {"person_id": person_id, "person": who["person"]}
        person_id = record_of(session, membership, since, name=who["name"], **known)
        find_person(
            session, person_id
        )  # held: where they work is said anew before this, and seen, or after, and followed
        until = last_day(session, membership, person_id, since)
        if until is not None and until < since:
            raise DelegateNotAffiliated("since", since=since.isoformat())
    hold(session, membership)
    if kind == DelegateKind.VOTING:
        _make_way(session, membership, since)
    delegate = Delegate(id=new_id(), created_at=session.now, version=0, membership=membership, kind=kind, **who)
    delegate.since, delegate.until, delegate.person_id = since, until, person_id
    session.add(delegate)
    record(session, delegate, say.DelegateNamed(**about(delegate, membership), since=since))
    session.flush()
    return delegate


def end_delegate(session: Session, *, delegate: Delegate, until: date, reason: str) -> Delegate:
    """Set the last day; refuses with NothingChanged, DelegateNotAffiliated or DelegateOverlaps."""
    hold(session, delegate.membership)
    if until == delegate.until:
        raise NothingChanged("until")
    _check_belongs(session, delegate, until)
    if delegate.kind == DelegateKind.VOTING and until >= delegate.since:
        for other in _who_vote(session, delegate.membership_id):
            if other.id != delegate.id and other.meets(delegate.since, until):
                raise DelegateOverlaps("until", since=other.since.isoformat())
    delegate.until = until
    said = say.DelegateEnded(**about(delegate, delegate.membership), until=until, reason=reason)
    record(session, delegate, said)
    session.flush()
    return delegate


def _check_belongs(session: Session, delegate: Delegate, until: date) -> None:
    """Refuses with DelegateNotAffiliated a last day on which they work for the member no longer."""
    if delegate.person_id and must_belong(session, delegate.membership, delegate.kind, delegate.since):
        last = last_day(session, delegate.membership, delegate.person_id, delegate.since)
        if last is not None and until > last:
            raise DelegateNotAffiliated("until", since=until.isoformat())


def follow_affiliations(session: Session, delegates: Sequence[Delegate]) -> None:
    """Where these people work was said anew: none of them speaks for a member beyond the last day on which they work for it."""
    for delegate in delegates:
        membership, record_id = delegate.membership, delegate.person_id
        if record_id and must_belong(session, membership, delegate.kind, delegate.since):
            last = last_day(session, membership, record_id, delegate.since)
            if last is not None and (delegate.until is None or delegate.until > last):
                hold(session, membership)
                delegate.until = last
                said = say.DelegateEnded(**about(delegate, membership), until=last, reason="", left=True)
                record(session, delegate, said)
    session.flush()


def end_delegates(session: Session, membership_ids: Collection[str]) -> None:
    """Memberships have ended today: nobody speaks for them from today on."""
    last = today(session) - DAY
    query = update(Delegate).where(Delegate.membership_id.in_(membership_ids))
    session.execute(query.where(or_(Delegate.until.is_(None), Delegate.until > last)).values(until=last))


def forget_delegates(session: Session, person_ids: Collection[str], accounts: Collection[str]) -> None:
    """Who is erased speaks for nobody from today on, and what they did before is there without their name."""
    last = today(session) - DAY
    theirs = or_(Delegate.person_id.in_(person_ids), Delegate.person.in_(accounts))
    ends = update(Delegate).where(theirs, or_(Delegate.until.is_(None), Delegate.until > last))
    session.execute(ends.values(until=last))
    session.execute(update(Delegate).where(theirs).values(name="", person=None, person_id=None, position=None))


def hold(session: Session, membership: Membership) -> None:
    """Let nobody else name or end delegates of this member until this is done."""
    session.execute(select(Membership.id).where(Membership.id == membership.id).with_for_update())


def _who_vote(session: Session, membership_id: str) -> list[Delegate]:
    found = delegates_of(session, [membership_id])[membership_id]
    return [each for each in found if each.kind == DelegateKind.VOTING]


def _make_way(session: Session, membership: Membership, since: date) -> None:
    """End the time of who votes until the day before; refuses with DelegateOverlaps where somebody begins later."""
    for other in _who_vote(session, membership.id):
        if other.since >= since:
            raise DelegateOverlaps("since", since=other.since.isoformat())
        if other.speaks_on(since):
            other.until = since - DAY
            record(session, other, say.DelegateEnded(**about(other, membership), until=other.until, reason=""))


def about(delegate: Delegate, membership: Membership) -> dict[str, Any]:
    """What every message about a delegate says."""
    return {
        "delegate_id": delegate.id,
        "membership_id": membership.id,
        "alliance": membership.alliance.named,
        "organization": membership.organization.named,
        "kind": delegate.kind,
        "people": [delegate.person] if delegate.person else [],
    }
