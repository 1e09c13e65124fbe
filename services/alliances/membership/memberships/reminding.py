"""Reminding: of applications that are not dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from contracts.alliances.membership import memberships as say
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from procedures.reminders.reminding import SOON, falls_due
from services.alliances.membership.memberships.model import WAITS, Membership

REMIND_OF_APPLICATION = "remind_of_application"


def watch_applications(session: Session, waiting: Sequence[Membership]) -> None:
    """Have secretariats reminded of applications that they do not deal with."""
    timers.at_each(session, dict.fromkeys((each.id for each in waiting), session.now + SOON), REMIND_OF_APPLICATION)


def remind_of_application(session: Session, *, membership: Membership, within: timedelta, lead: timedelta) -> None:
    """Tell the secretariat that an application still waits, before it should have been dealt with."""
    if membership.waits_since is None or membership.status not in WAITS:  # the release before left the moment as it was
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
