"""Reminding: of invitations that are not answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from contracts.alliances.membership.memberships import InvitationDue, MembershipStatus
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.reminders.reminding import falls_due, remind_each
from services.alliances.membership.memberships.model import Membership

REMIND_OF_INVITATION = "remind_of_invitation"


def watch_invitations(session: Session, invited: Iterable[Membership]) -> None:
    """Have those reminded who do not answer."""
    remind_each(session, REMIND_OF_INVITATION, {each.id: each.answer_by for each in invited if each.answer_by})


def remind_of_invitation(session: Session, *, membership: Membership, lead: timedelta) -> None:
    """Tell the organisation that it still can answer."""
    answer_by = membership.answer_by
    if membership.status != MembershipStatus.INVITED or answer_by is None:
        return
    if falls_due(session, REMIND_OF_INVITATION, membership.id, answer_by, lead):
        due = InvitationDue(
            membership_id=membership.id,
            alliance=membership.alliance.named,
            organization=membership.organization.named,
            answer_by=answer_by,
        )
        record(session, membership, due)
