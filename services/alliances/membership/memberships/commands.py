"""What can be done about a membership: every step from the invitation or application to its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership import memberships as say
from contracts.alliances.membership.charters import CapBelowMembers
from contracts.alliances.membership.memberships import (
    MembershipMessage,
    MembershipStands,
    MembershipStatus,
)
from contracts.base import Refusal
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.viewer import SYSTEM
from kit.work import timers
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import InForce
from services.alliances.membership.charters.rules import InvitationRules, MemberRules, MembersForm
from services.alliances.membership.memberships.admitting import check_cap, check_in_parent
from services.alliances.membership.memberships.model import (
    ACCEPTS,
    ADMITS,
    OVER,
    RESUMES,
    REVIEWS,
    Membership,
    MembershipStep,
)
from services.alliances.membership.memberships.queries import all_between, between, number_of_members
from services.alliances.membership.memberships.reminding import watch_application, watch_invitations
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
LAPSE_INVITATION = "lapse_invitation"


def invite_member(
    session: Session, *, alliance: Alliance, organization: Organization, rules: InvitationRules
) -> Membership:
    """An alliance asks an organisation to join."""
    membership = begin(session, alliance, organization, status=S.INVITED, message=say.MemberInvited)
    wait_for_answers(session, [membership], rules)
    session.flush()
    return membership


def invite_members(
    session: Session, *, alliance: Alliance, organizations: Sequence[Organization], rules: InvitationRules
) -> dict[str, Membership | Refusal]:
    """An alliance asks many organisations to join: for each the membership, or why it cannot be invited."""
    known = all_between(session, alliance.id, [each.id for each in organizations])
    answers = {
        each.id: _invited(session, known.get(each.id) or begun(session, alliance, each)) for each in organizations
    }
    wait_for_answers(session, [each for each in answers.values() if isinstance(each, Membership)], rules)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else began at the same moment: to be looked at anew
        raise Contended from error
    return answers


def _invited(session: Session, membership: Membership) -> Membership | Refusal:
    """The membership with the invitation, or why there is none: one that would have begun by it does not."""
    try:
        return step(session, membership, S.INVITED, say.MemberInvited)
    except Refusal as refusal:
        if membership in session.new:
            session.expunge(membership)
        return refusal


def withdraw_invitation(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The alliance takes its invitation back."""
    return _step(session, membership, S.RETRACTED, say.InvitationWithdrawn, reason)


def lapse_invitation(session: Session, *, membership: Membership) -> None:
    """Let an invitation that nobody answered in time wait no longer; of any other nothing changes."""
    if membership.status == S.INVITED and membership.answer_by and membership.answer_by <= session.now:
        _step(session, membership, S.LAPSED, say.InvitationLapsed)


def accept_invitation(session: Session, *, membership: Membership) -> Membership:
    """The invited organisation says yes, and comes under review."""
    ACCEPTS(membership)
    return _step(session, membership, S.IN_REVIEW, say.InvitationAccepted)


def start_review(session: Session, *, membership: Membership) -> Membership:
    """The secretariat takes an application in hand."""
    REVIEWS(membership)
    return _step(session, membership, S.IN_REVIEW, say.ReviewStarted)


def admit_member(session: Session, *, membership: Membership, rules: MemberRules) -> Membership:
    """The organisation becomes a member; refuses with MembershipStands, CapReached or NotInParent."""
    ADMITS(membership)
    check_cap(session, membership.alliance_id, rules)
    check_in_parent(session, membership.alliance, [membership.organization.current.id], rules)
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
    RESUMES(membership)
    return _step(session, membership, S.MEMBER, say.MemberResumed)


def withdraw_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The organisation leaves, or takes its application back."""
    return _step(session, membership, S.WITHDRAWN, say.MemberWithdrawn, reason)


def expel_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """The alliance ends the membership."""
    return _step(session, membership, S.EXPELLED, say.MemberExpelled, reason)


def merge_membership(session: Session, *, membership: Membership, into: Membership) -> None:
    """Of two that an organisation has in one alliance since it was merged, the other goes on in place of this one."""
    taken = membership.merge_into(into, at=session.now, by=session.viewer.id)
    _tell(session, membership, taken, say.MembershipMerged, into_id=into.id)


def unmerge_membership(session: Session, *, membership: Membership, status: str) -> None:
    """The merger of its organisation was undone; it stands where it stood before."""
    taken = membership.unmerge(status, at=session.now, by=session.viewer.id)
    _tell(session, membership, taken, say.MembershipUnmerged)
    if membership.status == S.INVITED and membership.answer_by:
        timers.at(session, membership.answer_by, LAPSE_INVITATION, membership.id)
        watch_invitations(session, [membership])


def check_members(session: Session, charter: Charter) -> None:
    """The members have room under a new charter; refuses with CapBelowMembers."""
    cap = InForce(charter).section(MembersForm).cap
    members = number_of_members(session, charter.alliance_id)
    if cap is not None and members > cap:
        raise CapBelowMembers("rules", cap=cap, members=members)


def lapse_membership(session: Session, *, membership: Membership, until: date) -> Membership:
    """The membership was not renewed: it has ended."""
    return _step(session, membership, S.LAPSED, say.MembershipLapsed, until=until)


def return_member(session: Session, *, membership: Membership, reason: str) -> Membership:
    """A membership that had lapsed goes on after all."""
    return _step(session, membership, S.MEMBER, say.MemberAdmitted, reason)


def wait_for_answers(session: Session, invited: Sequence[Membership], rules: InvitationRules) -> None:
    """Have invitations lapse when nobody has answered them in time, if the charter gives a time."""
    answer_by = session.now + timedelta(days=rules.days) if rules.days else None
    for membership in invited:
        membership.answer_by = answer_by
    if answer_by and invited:
        with session.no_autoflush:
            timers.at_each(session, {each.id: answer_by for each in invited}, LAPSE_INVITATION)
            watch_invitations(session, invited)


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
        return _step(session, membership, status, message, reason)
    try:
        return _step(session, begun(session, alliance, organization), status, message, reason)
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
    **more: Any,
) -> Membership:
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
    taken = membership.step_to(status, reason=reason, at=session.now, by=by)
    if membership.waits_since != waited_since and membership.waits_since:
        with session.no_autoflush:
            watch_application(session, membership)
    _tell(session, membership, taken, message, **more)
    return membership


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
