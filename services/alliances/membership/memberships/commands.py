"""What can be done about a membership: every step from the invitation or application to its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership import memberships as say
from contracts.alliances.membership.charters import CapBelowMembers
from contracts.alliances.membership.memberships import (
    MembershipMessage,
    MembershipStands,
    MembershipStatus,
)
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.viewer import SYSTEM
from kit.work import timers
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import InForce
from services.alliances.membership.charters.rules import MemberRules, MembersForm
from services.alliances.membership.memberships.admitting import check_cap, check_in_parent
from services.alliances.membership.memberships.model import (
    ADMITS,
    OVER,
    RESUMES,
    REVIEWS,
    Membership,
    MembershipStep,
)
from services.alliances.membership.memberships.queries import between, number_of_members
from services.alliances.membership.memberships.reminding import watch_applications
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import check_stands

S = MembershipStatus


JOINED = "members_joined"
"""The hook of who does more where organisations become members: `def joined(self, session, memberships, charter)`."""
LEFT = "members_left"
"""The hook of who does more where members leave, are expelled or lapse: `def left(self, session, memberships)`."""
UNMERGED = "members_unmerged"
"""The hook of who does more where a merger of memberships is undone: `def unmerged(self, session, memberships)`."""
INVITATION_SETTLED = "invitation_settled"
"""The timer, by membership, of who keeps something for as long as an invitation can be answered: it rings when it cannot."""


def start_review(session: Session, *, membership: Membership) -> Membership:
    """The secretariat takes an application in hand."""
    REVIEWS(membership)
    return move(session, membership, S.IN_REVIEW, say.ReviewStarted)


def admit_member(session: Session, *, membership: Membership, rules: MemberRules) -> Membership:
    """The organisation becomes a member; refuses with MembershipStands, CapReached or NotInParent."""
    ADMITS(membership)
    check_cap(session, membership.alliance_id, rules)
    check_in_parent(session, membership.alliance, [membership.organization.current.id], rules)
    return move(session, membership, S.MEMBER, say.MemberAdmitted)


def decline_membership(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The application, or by the invited organisation the invitation, is declined with a reason."""
    declined = say.InvitationDeclined if membership.status == S.INVITED else say.MembershipDeclined
    return move(session, membership, S.DECLINED, declined, reason)


def suspend_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The membership rests."""
    return move(session, membership, S.SUSPENDED, say.MemberSuspended, reason)


def resume_member(session: Session, *, membership: Membership) -> Membership:
    """The membership no longer rests."""
    RESUMES(membership)
    return move(session, membership, S.MEMBER, say.MemberResumed)


def withdraw_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The organisation leaves, or takes its application back."""
    return move(session, membership, S.WITHDRAWN, say.MemberWithdrawn, reason)


def expel_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The alliance ends the membership."""
    return move(session, membership, S.EXPELLED, say.MemberExpelled, reason)


def merge_membership(session: Session, *, membership: Membership, into: Membership) -> None:
    """Of two that an organisation has in one alliance since it was merged, the other goes on in place of this one."""
    settle_invitation(session, membership)
    taken = membership.merge_into(into, at=session.now, by=session.viewer.id)
    _tell(session, membership, taken, say.MembershipMerged, into_id=into.id)


def unmerge_membership(session: Session, *, membership: Membership, status: str) -> None:
    """The merger of its organisation was undone; it stands where it stood before."""
    taken = membership.unmerge(status, at=session.now, by=session.viewer.id)
    _tell(session, membership, taken, say.MembershipUnmerged)


def check_members(session: Session, charter: Charter) -> None:
    """The members have room under a new charter; refuses with CapBelowMembers."""
    cap = InForce(charter).section(MembersForm).cap
    members = number_of_members(session, charter.alliance_id)
    if cap is not None and members > cap:
        raise CapBelowMembers("rules", cap=cap, members=members)


def lapse_membership(session: Session, *, membership: Membership, until: date) -> Membership:
    """The membership was not renewed: it has ended."""
    return move(session, membership, S.LAPSED, say.MembershipLapsed, until=until)


def return_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """A membership that had lapsed goes on after all."""
    return move(session, membership, S.MEMBER, say.MemberAdmitted, reason)


def begin(
    session: Session,
    alliance: Alliance,
    organization: Organization,
    *,
    status: MembershipStatus,
    message: type[MembershipMessage],
    reason: str = "",
) -> Membership:
    """A membership begins, or after an earlier one has ended begins again; refuses with MembershipStands."""
    check_stands(session, organization)
    membership = between(session, alliance.id, organization.id)
    if membership is not None and membership.status not in OVER:
        raise MembershipStands.at(membership.status)
    if membership is not None:
        return move(session, membership, status, message, reason)
    try:
        return move(session, begun(session, alliance, organization), status, message, reason)
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


def move(
    session: Session,
    membership: Membership,
    status: MembershipStatus,
    message: type[MembershipMessage],
    reason: str = "",
    **more: Any,
) -> Membership:
    """Move on, say so, and write it down at once."""
    step(session, membership, status, message, reason, **more)
    session.flush()
    return membership


def step(
    session: Session,
    membership: Membership,
    status: MembershipStatus,
    message: type[MembershipMessage],
    reason: str = "",
    **more: Any,
) -> Membership:
    """Move on and say so, with whatever else is written before the next flush."""
    by = None if session.viewer == SYSTEM else session.viewer.id
    waited_since = membership.waits_since
    settle_invitation(session, membership)
    taken = membership.step_to(status, reason=reason, at=session.now, by=by)
    if membership.waits_since != waited_since and membership.waits_since:
        with session.no_autoflush:
            watch_applications(session, [membership])
    _tell(session, membership, taken, message, **more)
    return membership


def settle_invitation(session: Session, membership: Membership) -> None:
    """Where it is about to stand at its invitation no longer, let go of what was kept for the answer."""
    if membership.status == S.INVITED:
        session.put(_let_go, {"id": membership.id})


def _let_go(session: Session, rows: list[dict[str, Any]]) -> None:
    timers.hasten(session, INVITATION_SETTLED, [row["id"] for row in rows])


def _tell(
    session: Session, membership: Membership, taken: MembershipStep, message: type[MembershipMessage], **more: Any
) -> None:
    session.add(taken)
    record(session, membership, message(**about(membership), status=taken.status, reason=taken.reason, **more))


def about(membership: Membership) -> dict[str, Any]:
    """What every message about a membership says of it."""
    return {
        "membership_id": membership.id,
        "alliance": membership.alliance.named,
        "organization": membership.organization.named,
        "region": membership.organization.region,
    }
