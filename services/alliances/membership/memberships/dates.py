"""Dates of memberships: invitations to be answered, and applications that wait for the secretariat."""

from __future__ import annotations

from sqlalchemy import and_, false, select

from contracts.agenda import DateKind
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.alliances.membership.memberships.model import Membership, MembershipStep, S
from services.alliances.membership.memberships.settings import MembershipSettings
from services.alliances.rights import ACTS_FOR_ALLIANCE, REPRESENTS

WAITS = (S.APPLIED, S.IN_REVIEW)
"""Where it is for the secretariat to go on."""


def _invitations(session: Session) -> DueRows | None:
    mine = REPRESENTS.rows(session, organization_id=Membership.organization_id)
    return theirs(select(Membership.id, Membership.answer_by, false()).where(Membership.status == S.INVITED), mine)


def _applications(session: Session) -> DueRows | None:
    mine = ACTS_FOR_ALLIANCE.exactly().rows(session, alliance_id=Membership.alliance_id)
    newest = and_(MembershipStep.membership_id == Membership.id, MembershipStep.version == Membership.version)
    query = select(Membership.id, MembershipStep.since, false()).join(MembershipStep, newest)
    return theirs(query.where(Membership.status.in_(WAITS)), mine)


DATES = (
    Dates(kind=DateKind.MEMBERSHIP_INVITATION, subject="membership", rows=_invitations, action="accept_invitation"),
    Dates(
        kind=DateKind.APPLICATION,
        subject="membership",
        rows=_applications,
        action="admit_member",
        after=lambda settings: settings.of(MembershipSettings).application_time,
    ),
)
