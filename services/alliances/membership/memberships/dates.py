"""Dates of memberships: invitations to be answered, and applications that wait for the secretariat."""

from __future__ import annotations

from sqlalchemy import false, select

from contracts.agenda import DateKind
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.alliances.membership.memberships.model import WAITS, Membership, S
from services.alliances.membership.memberships.settings import MembershipSettings
from services.alliances.rights import ACTS_FOR_ALLIANCE, REPRESENTS


def _invitations(session: Session) -> DueRows | None:
    mine = REPRESENTS.rows(session, organization_id=Membership.organization_id)
    return theirs(select(Membership.id, Membership.answer_by, false()).where(Membership.status == S.INVITED), mine)


def _applications(session: Session) -> DueRows | None:
    mine = ACTS_FOR_ALLIANCE.exactly().rows(session, alliance_id=Membership.alliance_id)
    waiting = Membership.waits_since.is_not(None), Membership.status.in_(WAITS)
    return theirs(select(Membership.id, Membership.waits_since, false()).where(*waiting), mine)


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
