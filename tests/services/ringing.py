"""Ringing: the clock of a service hub goes on day by day, and whatever falls due meanwhile is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from kit.work.timers import DueRow
from tests.services.service_hub import ServiceHub, eventually

DAY = timedelta(days=1)


def at(hub: ServiceHub, moment: datetime) -> None:
    """Let it be this moment, and every timer have rung in its turn."""
    while hub.clock.now() < moment:
        hub.clock.advance(min(DAY, moment - hub.clock.now()))
        eventually(lambda: _rung(hub), 60)


def _rung(hub: ServiceHub) -> bool:
    with hub.runtime.database.transaction(writes=False) as session:
        left = (DueRow.due_at <= session.now) | (DueRow.attempts > 0)
        return session.scalar(select(DueRow.id).where(left).limit(1)) is None
