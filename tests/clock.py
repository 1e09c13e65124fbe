"""Clock: stands still at a Monday morning in China until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kit.clock import MovableClock

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class StandingClock(MovableClock):
    """A clock that moves only when it is told to."""

    def __init__(self, start: datetime = NOW) -> None:
        super().__init__()
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by
        super().advance(by)

    def move_to(self, moment: datetime) -> None:
        self.advance(moment - self._now)
