"""Reminding under a moved clock: dates move back and forth, timers ring again and late, and each date is told once at most.

The machine keeps one subject with a date; it rings timers as the scheduler does, some of them twice, and holds what was told
against a model that knows every date that ever was.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine, delete, select
from sqlalchemy.orm import Session as OrmSession

from kit.context import Context
from kit.data.db import KitTable
from kit.ids import new_id
from kit.work.timers import DueRow
from procedures.reminders.reminding import falls_due, remind_each
from tests.clock import NOW

LEAD = timedelta(days=5)
REMINDER = "remind"
HOURS = st.sampled_from([1, 20, 30, 90, 121, 200, 400])


class Clocked(OrmSession):
    """A session that stands at a moment."""

    now: datetime = NOW
    context = Context()

    def wake(self, _: str) -> None:
        """Nobody sleeps here: the machine rings by itself."""


class Reminders(RuleBasedStateMachine):
    """One subject, whose date is set, moved, done and undone."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Any = Clocked(create_engine("sqlite://"))
        KitTable.metadata.create_all(self.session.connection(), tables=_TABLES)
        self.id = new_id()
        self.due_at: datetime = NOW
        self.done = False
        self.told: list[tuple[datetime, datetime]] = []
        self.rung: list[datetime] = []

    def teardown(self) -> None:
        self.session.close()

    @initialize(hours=HOURS)
    def set(self, hours: int) -> None:
        self.due_at = self.session.now + timedelta(hours=hours)
        remind_each(self.session, REMINDER, {self.id: self.due_at})

    @rule(hours=HOURS)
    def move(self, hours: int) -> None:
        self.set(hours)

    @rule()
    def move_back(self) -> None:
        """To a date of which people were told before."""
        if self.told and self.told[0][0] > self.session.now:
            self.due_at = self.told[0][0]
            remind_each(self.session, REMINDER, {self.id: self.due_at})

    @rule(done=st.booleans())
    def settle(self, done: bool) -> None:
        """Done; or not after all, and then its date is set anew."""
        self.done = done
        if not done:
            remind_each(self.session, REMINDER, {self.id: self.due_at})

    @rule(hours=st.sampled_from([1, 10, 30, 130]))
    def pass_time(self, hours: int) -> None:
        """The scheduler rings each timer at its moment."""
        until = self.session.now + timedelta(hours=hours)
        while (when := self._next()) is not None and when <= until:
            self.session.now = max(self.session.now, when)
            self.session.execute(delete(DueRow))
            self._ring()
        self.session.now = until

    @rule(hours=st.sampled_from([1, 200]))
    def sleep(self, hours: int) -> None:
        """The service is down for so long: what should have rung rings late."""
        self.session.now += timedelta(hours=hours)
        self.pass_time(0)

    @rule()
    def ring_once_more(self) -> None:
        """As a try that died after the others had seen it, or one that was set by an older release."""
        self._ring()

    @invariant()
    def each_date_is_told_once_and_in_time(self) -> None:
        assert len({due_at for due_at, _ in self.told}) == len(self.told)
        assert all(due_at - LEAD <= at < due_at for due_at, at in self.told)

    @invariant()
    def what_is_open_will_be_told(self) -> None:
        open_ = not self.done and self.due_at > self.session.now
        assert not open_ or self._next() is not None or self.due_at in {due_at for due_at, _ in self.told}

    def _ring(self) -> None:
        """As a service does it: nothing of what is done, and otherwise what the procedure says."""
        if not self.done and falls_due(self.session, REMINDER, self.id, self.due_at, LEAD):
            self.told.append((self.due_at, self.session.now))
        self.session.flush()

    def _next(self) -> datetime | None:
        found: datetime | None = self.session.scalar(select(DueRow.due_at))
        return found


_TABLES = [KitTable.metadata.tables[name] for name in ("due", "reminded")]

TestReminders = Reminders.TestCase
TestReminders.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
