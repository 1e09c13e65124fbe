"""Dates of terms: when a membership ends, for the member, and for the secretariat that renews it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, select

from contracts.agenda import DateKind
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.alliances.membership.memberships.model import LIVES, Membership
from services.alliances.membership.renewals.model import MembershipTerm
from services.alliances.rights import ACTS_FOR_ALLIANCE, REPRESENTS


def _of_members(session: Session) -> DueRows | None:
    return _ends(REPRESENTS.rows(session, organization_id=Membership.organization_id))


def _of_alliances(session: Session) -> DueRows | None:
    return _ends(ACTS_FOR_ALLIANCE.exactly().rows(session, alliance_id=MembershipTerm.alliance_id))


def _ends(mine: ColumnElement[bool]) -> DueRows | None:
    query = select(MembershipTerm.membership_id, MembershipTerm.until, false()).join(MembershipTerm.membership)
    return theirs(query.where(MembershipTerm.current, Membership.status.in_(sorted(LIVES))), mine)


DATES = (
    Dates(kind=DateKind.MEMBERSHIP_TERM, subject="membership", rows=_of_members),
    Dates(kind=DateKind.RENEWAL, subject="membership", rows=_of_alliances, action="renew_membership"),
)
