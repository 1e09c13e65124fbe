"""Watching: what was open before anybody was reminded, or was moved by a replica of the release before, is watched too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select

from kit.data.db import Session
from kit.work import timers
from services.alliances.membership.invitations.reminding import watch_invitations
from services.alliances.membership.memberships.model import WAITS, Membership, MembershipStep, S
from services.alliances.membership.memberships.queries import steps_of
from services.alliances.membership.memberships.reminding import watch_applications

WATCH_WHAT_WAITS = "watch_what_waits"
AT_A_TIME = 200
"""So many memberships are looked at in one transaction."""


def watch_what_waits(session: Session, behind: str) -> None:
    """Watch the next memberships behind this id, all of them in the end, and let each say since when it waits."""
    waiting = Membership.status.in_([S.INVITED, *WAITS]) | Membership.waits_since.is_not(None)
    query = select(Membership).where(waiting).order_by(Membership.id).limit(AT_A_TIME).with_for_update()
    found = session.scalars(query.where(Membership.id > behind) if behind else query).all()
    steps = steps_of(session, {each.id for each in found})
    for each in found:
        each.waits_since = _waits_since(steps[each.id])
    watch_applications(session, [each for each in found if each.waits_since])
    watch_invitations(session, [each for each in found if each.status == S.INVITED])
    if len(found) == AT_A_TIME:
        timers.at(session, session.now, WATCH_WHAT_WAITS, found[-1].id)


def _waits_since(steps: Sequence[MembershipStep]) -> datetime | None:
    """Since when the secretariat is to go on, by the steps, the latest first."""
    return min((step.since for step in takewhile(lambda step: step.status in WAITS, steps)), default=None)
