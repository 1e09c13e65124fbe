"""What can be done about a membership: every step from the invitation or application to its end."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership import memberships as say
from contracts.alliances.membership.memberships import MembershipMessage, MembershipStands, MembershipStatus
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.membership.memberships.queries import between
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import check_stands

S = MembershipStatus


def apply_for_membership(session: Session, *, alliance: Alliance, organization: Organization) -> Membership:
    """An organisation asks to join; after an earlier membership has ended it may ask again."""
    return _begin(session, alliance, organization, S.APPLIED, say.MembershipAppliedFor)


def invite_member(session: Session, *, alliance: Alliance, organization: Organization) -> Membership:
    """An alliance asks an organisation to join."""
    return _begin(session, alliance, organization, S.INVITED, say.MemberInvited)


def accept_invitation(session: Session, *, membership: Membership) -> Membership:
    """The invited organisation says yes, and comes under review."""
    if membership.status != S.INVITED:
        raise MembershipStands.at(membership.status)
    return _step(session, membership, S.IN_REVIEW, say.InvitationAccepted)


def start_review(session: Session, *, membership: Membership) -> Membership:
    """The secretariat takes an application in hand."""
    if membership.status != S.APPLIED:
        raise MembershipStands.at(membership.status)
    return _step(session, membership, S.IN_REVIEW, say.ReviewStarted)


def admit_member(session: Session, *, membership: Membership) -> Membership:
    """The organisation becomes a member."""
    if membership.status == S.SUSPENDED:
        raise MembershipStands.at(membership.status)
    return _step(session, membership, S.MEMBER, say.MemberAdmitted)


def decline_membership(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The application, or by the invited organisation the invitation, is declined with a reason."""
    declined = say.InvitationDeclined if membership.status == S.INVITED else say.MembershipDeclined
    return _step(session, membership, S.DECLINED, declined, reason)


def suspend_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The membership rests."""
    return _step(session, membership, S.SUSPENDED, say.MemberSuspended, reason)


def resume_member(session: Session, *, membership: Membership) -> Membership:
    """The membership no longer rests."""
    if membership.status != S.SUSPENDED:
        raise MembershipStands.at(membership.status)
    return _step(session, membership, S.MEMBER, say.MemberResumed)


def withdraw_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The organisation leaves, or takes its application back."""
    return _step(session, membership, S.WITHDRAWN, say.MemberWithdrawn, reason)


def expel_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The alliance ends the membership."""
    return _step(session, membership, S.EXPELLED, say.MemberExpelled, reason)


def merge_membership(session: Session, *, membership: Membership, into: Membership) -> None:
    """Of two that an organisation has in one alliance since it was merged, the other goes on in place of this one."""
    _tell(session, membership, membership.merge_into(into, at=session.now), say.MembershipMerged, into_id=into.id)


def unmerge_membership(session: Session, *, membership: Membership, status: str) -> None:
    """The merger of its organisation was undone; it stands where it stood before."""
    _tell(session, membership, membership.unmerge(status, at=session.now), say.MembershipUnmerged)


def _begin(
    session: Session,
    alliance: Alliance,
    organization: Organization,
    status: MembershipStatus,
    message: type[MembershipMessage],
) -> Membership:
    check_stands(session, organization)
    membership = between(session, alliance.id, organization.id)
    if membership is not None:
        return _step(session, membership, status, message)
    try:
        return _step(session, begun(session, alliance, organization), status, message)
    except IntegrityError as error:  # somebody else began at the same moment
        raise MembershipStands.at(status) from error


def begun(session: Session, alliance: Alliance, organization: Organization) -> Membership:
    """A membership that has not taken a step yet."""
    membership = Membership(
        id=new_id(),
        created_at=session.now,
        version=0,
        alliance=alliance,
        organization=organization,
        alliance_id=alliance.id,
        organization_id=organization.id,
        status=S.WITHDRAWN,
    )
    session.add(membership)
    return membership


def _step(
    session: Session,
    membership: Membership,
    status: MembershipStatus,
    message: type[MembershipMessage],
    reason: str = "",
) -> Membership:
    step(session, membership, status, message, reason)
    session.flush()
    return membership


def step(
    session: Session,
    membership: Membership,
    status: MembershipStatus,
    message: type[MembershipMessage],
    reason: str = "",
) -> None:
    """Move on and say so, with whatever else is written before the next flush."""
    _tell(session, membership, membership.step_to(status, reason=reason, at=session.now), message)


def _tell(
    session: Session, membership: Membership, taken: MembershipStep, message: type[MembershipMessage], **more: str
) -> None:
    session.add(taken)
    said = message(
        membership_id=membership.id,
        alliance=membership.alliance.named,
        organization=membership.organization.named,
        region=membership.organization.region,
        status=taken.status,
        reason=taken.reason,
        **more,
    )
    record(session, membership, said)
