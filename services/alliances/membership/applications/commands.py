"""What can be done about an application: hand it in, send it back, and hand it in again."""

from __future__ import annotations

from contracts.alliances.membership.memberships import (
    ApplicationCorrected,
    ApplicationReturned,
    MembershipAppliedFor,
    MembershipStatus,
)
from kit.data.db import Session
from services.alliances.membership.memberships.commands import begin, step
from services.alliances.membership.memberships.model import CORRECTS, Membership
from services.alliances.membership.papers.commands import hand_in
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization


def apply_for_membership(
    session: Session, *, alliance: Alliance, organization: Organization, statement: str = ""
) -> Membership:
    """An organisation asks to join; after an earlier membership has ended it may ask again.

    Refuses with MembershipStands, and with ApplicationPapersMissing where the charter asks for papers that are not there.
    """
    hand_in(session, alliance_id=alliance.id, organization_id=organization.id)
    return begin(
        session,
        alliance,
        organization,
        status=MembershipStatus.APPLIED,
        message=MembershipAppliedFor,
        reason=statement,
    )


def return_application(session: Session, *, membership: Membership, reason: str) -> Membership:
    """It is for the organisation again, which puts it right or takes it back; refuses with MembershipStands."""
    step(session, membership, MembershipStatus.RETURNED, ApplicationReturned, reason)
    session.flush()
    return membership


def correct_application(session: Session, *, membership: Membership, statement: str) -> Membership:
    """It is for the secretariat again, with a new statement; refuses with MembershipStands what was not sent back.

    Its papers may have changed meanwhile; refuses with ApplicationPapersMissing as `apply_for_membership`.
    """
    CORRECTS(membership)
    hand_in(session, alliance_id=membership.alliance_id, organization_id=membership.organization.current.id)
    step(session, membership, MembershipStatus.APPLIED, ApplicationCorrected, statement)
    session.flush()
    return membership
