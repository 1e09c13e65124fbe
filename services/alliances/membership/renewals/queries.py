"""What can be asked about terms: that of a membership on a day, and what is due for renewal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.membership.renewals import MembershipStanding
from contracts.browsing import START, Stretch
from kit.clock import CHINA
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.membership.charters.reading import today
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.renewals.model import MembershipTerm
from services.alliances.registry.organizations.model import Organization

_WHOLE = (
    joinedload(MembershipTerm.membership).joinedload(Membership.organization).undefer(Organization.called),
    joinedload(MembershipTerm.membership).joinedload(Membership.alliance),
)


def current_term(session: Session, membership_id: str) -> MembershipTerm | None:
    """The term of a membership that counts now, with the membership, if it has one."""
    query = select(MembershipTerm).where(MembershipTerm.membership_id == membership_id, MembershipTerm.current)
    return session.scalars(query.options(*_WHOLE)).one_or_none()


def current_terms(session: Session, membership_ids: Collection[str]) -> Sequence[MembershipTerm]:
    """The terms of these memberships that count now."""
    query = select(MembershipTerm).where(MembershipTerm.membership_id.in_(membership_ids), MembershipTerm.current)
    return session.scalars(query.order_by(MembershipTerm.id)).all()


def newest_numbers(session: Session, membership_ids: Collection[str]) -> dict[str, int]:
    """The number of the newest term of these memberships, of those that ever had one."""
    of = MembershipTerm.membership_id
    query = select(of, func.max(MembershipTerm.number)).where(of.in_(membership_ids)).group_by(of)
    return {row[0]: row[1] for row in session.execute(query)}


def terms_of(session: Session, membership_ids: Collection[str]) -> dict[str, list[MembershipTerm]]:
    """Every term of these memberships, each membership's newest first."""
    query = select(MembershipTerm).where(MembershipTerm.membership_id.in_(membership_ids))
    found: dict[str, list[MembershipTerm]] = defaultdict(list)
    for term in session.scalars(query.order_by(MembershipTerm.membership_id, MembershipTerm.number.desc())):
        found[term.membership_id].append(term)
    return found


def known_on(terms: list[MembershipTerm], day: date) -> MembershipTerm | None:
    """The newest of these terms, newest first, that had been given by the end of a day."""
    end = datetime.combine(day, time.max, CHINA)
    return next((term for term in terms if term.created_at <= end), None)


def renewals(
    session: Session,
    *,
    alliance_id: str,
    standing: MembershipStanding | None = None,
    stretch: Stretch = START,
) -> Page[MembershipTerm]:
    """The terms of one alliance whose first rung has come, by their last day; or those that stand so."""
    day, lapsed = today(session), Membership.status == MembershipStatus.LAPSED
    wanted = {
        None: MembershipTerm.due_on <= day,
        MembershipStanding.CURRENT: (MembershipTerm.due_on > day) & ~lapsed,
        MembershipStanding.RENEWAL_DUE: (MembershipTerm.due_on <= day) & (MembershipTerm.until >= day) & ~lapsed,
        MembershipStanding.IN_GRACE: (MembershipTerm.until < day) & ~lapsed,
        MembershipStanding.LAPSED: lapsed,
    }
    query = select(MembershipTerm).join(MembershipTerm.membership)
    query = query.where(MembershipTerm.alliance_id == alliance_id, MembershipTerm.current, wanted[standing])
    query = query.where(Membership.status != MembershipStatus.MERGED)
    ordered = query.options(*_WHOLE).order_by(MembershipTerm.until, MembershipTerm.id)
    return page(session, ordered, stretch)
