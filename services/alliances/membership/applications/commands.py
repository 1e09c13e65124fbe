"""What can be done about an application under way: send it back, and hand it in again."""

from __future__ import annotations

from contracts.alliances.membership.memberships import ApplicationCorrected, ApplicationReturned, MembershipStatus
from kit.data.db import Session
from services.alliances.membership.memberships.commands import step
from services.alliances.membership.memberships.model import CORRECTS, Membership


def return_application(session: Session, *, membership: Membership, reason: str) -> Membership:
    """It is for the organisation again, which puts it right or takes it back; refuses with MembershipStands."""
    step(session, membership, MembershipStatus.RETURNED, ApplicationReturned, reason)
    session.flush()
    return membership


def correct_application(session: Session, *, membership: Membership, statement: str) -> Membership:
    """It is for the secretariat again, with a new statement; refuses with MembershipStands what was not sent back."""
    CORRECTS(membership)
    step(session, membership, MembershipStatus.APPLIED, ApplicationCorrected, statement)
    session.flush()
    return membership
