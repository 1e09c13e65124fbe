"""Reminding: of applications that are not dealt with."""

from __future__ import annotations

from datetime import timedelta

from contracts.alliances.membership import memberships as say
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from procedures.reminders.reminding import SOON, falls_due
from services.alliances.membership.memberships.model import Membership

REMIND_OF_APPLICATION = "remind_of_application"


def watch_application(session: Session, membership: Membership) -> None:
    """Have the secretariat reminded if it does not deal with an application."""
    timers.at(session, session.now + SOON, REMIND_OF_APPLICATION, membership.id)


def remind_of_application(session: Session, *, membership: Membership, within: timedelta, lead: timedelta) -> None:
    """Tell the secretariat that an application still waits, before it should have been dealt with."""
    if membership.waits_since is None:
        return
    due_at = membership.waits_since + within
    if falls_due(session, REMIND_OF_APPLICATION, membership.id, due_at, lead):
        due = say.ApplicationDue(
            membership_id=membership.id,
            alliance=membership.alliance.named,
            organization=membership.organization.named,
            due_at=due_at,
        )
        record(session, membership, due)
