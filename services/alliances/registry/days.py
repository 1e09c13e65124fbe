"""Days: the day in China that it is, and the moment at which one begins."""

from __future__ import annotations

from datetime import date, datetime, time

from kit.clock import CHINA, in_china


def today_of(now: datetime) -> date:
    """The day in China in which this moment lies."""
    return in_china(now).date()


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in China."""
    return datetime.combine(day, time.min, CHINA)
