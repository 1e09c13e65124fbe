"""What can be done about invitations: one or many at once, taken back, accepted, and lapsing when nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership import memberships as say
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.base import Refusal
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.work import timers
from services.alliances.membership.charters.rules import InvitationRules
from services.alliances.membership.invitations.reminding import watch_invitations
from services.alliances.membership.memberships.commands import begin, begun, move, step
from services.alliances.membership.memberships.model import ACCEPTS, Membership
from services.alliances.membership.memberships.queries import all_between
from services.alliances.membership.memberships.reminding import watch_applications
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization

S = MembershipStatus
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
    return move(session, membership, S.RETRACTED, say.InvitationWithdrawn, reason)


def lapse_invitation(session: Session, *, membership: Membership) -> None:
    """Let an invitation that nobody answered in time wait no longer; of any other nothing changes."""
    if membership.status == S.INVITED and membership.answer_by and membership.answer_by <= session.now:
        move(session, membership, S.LAPSED, say.InvitationLapsed)


def accept_invitation(session: Session, *, membership: Membership) -> Membership:
    """The invited organisation says yes, and comes under review."""
    ACCEPTS(membership)
    return move(session, membership, S.IN_REVIEW, say.InvitationAccepted)


def wait_for_answers(session: Session, invited: Sequence[Membership], rules: InvitationRules) -> None:
    """Have invitations lapse when nobody has answered them in time, if the charter gives a time."""
    answer_by = session.now + timedelta(days=rules.days) if rules.days else None
    for membership in invited:
        membership.answer_by = answer_by
    if answer_by and invited:
        with session.no_autoflush:
            timers.at_each(session, {each.id: answer_by for each in invited}, LAPSE_INVITATION)
            watch_invitations(session, invited)


def wait_again(session: Session, memberships: Sequence[Membership]) -> None:
    """Have invitations lapse that stand again since a merger was undone, and people reminded of them and of applications."""
    invited = [each for each in memberships if each.status == S.INVITED]
    timers.at_each(session, {each.id: each.answer_by for each in invited if each.answer_by}, LAPSE_INVITATION)
    watch_invitations(session, invited)
    watch_applications(session, [each for each in memberships if each.waits_since])
