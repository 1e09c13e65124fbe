"""Reminding: of invitations that are not answered, and of applications that are not dealt with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from contracts.alliances.membership import memberships as say
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from procedures.reminders.reminding import SOON, falls_due, remind_each
from services.alliances.membership.memberships.model import Membership, S

REMIND_OF_INVITATION, REMIND_OF_APPLICATION = "remind_of_invitation", "remind_of_application"


def watch_invitations(session: Session, invited: Iterable[Membership]) -> None:
    """Have those reminded who do not answer."""
    remind_each(session, REMIND_OF_INVITATION, {each.id: each.answer_by for each in invited if each.answer_by})


def watch_application(session: Session, membership: Membership) -> None:
    """Have the secretariat reminded if it does not deal with an application."""
    timers.at(session, session.now + SOON, REMIND_OF_APPLICATION, membership.id)


def remind_of_invitation(session: Session, *, membership: Membership, lead: timedelta) -> None:
    """Tell the organisation that it still can answer."""
    answer_by = membership.answer_by
    if membership.status != S.INVITED or answer_by is None:
        return
    if falls_due(session, REMIND_OF_INVITATION, membership.id, answer_by, lead):
        record(session, membership, say.InvitationDue(**_about(membership), answer_by=answer_by))


def remind_of_application(session: Session, *, membership: Membership, within: timedelta, lead: timedelta) -> None:
    """Tell the secretariat that an application still waits, before it should have been dealt with."""
    if membership.waits_since is None:
        return
    due_at = membership.waits_since + within
    if falls_due(session, REMIND_OF_APPLICATION, membership.id, due_at, lead):
        record(session, membership, say.ApplicationDue(**_about(membership), due_at=due_at))


def _about(membership: Membership) -> dict[str, Any]:
    return {
        "membership_id": membership.id,
        "alliance": membership.alliance.named,
        "organization": membership.organization.named,
    }
