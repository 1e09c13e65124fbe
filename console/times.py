"""Times: moments and days as people in China read them, with how long there is left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from gateway.locale import Locale
from kit.clock import CHINA, in_china

WEEK = timedelta(days=7)


def read_moment(text: str) -> datetime:
    """A moment as the schema gives it, on the clock of China."""
    return in_china(datetime.fromisoformat(text))


def moment(text: str, locale: Locale, now: datetime) -> str:
    """11月30日 14:05, or 30 Nov 14:05; with the year where it is another one."""
    at = read_moment(text)
    return f"{_day(at.date(), locale, now)} {at:%H:%M}"


def day(text: str, locale: Locale, now: datetime) -> str:
    """11月30日, or 30 Nov; with the year where it is another one. `text` is a day, or a moment in it."""
    on = date.fromisoformat(text) if len(text) == len("2026-11-30") else read_moment(text).date()
    return _day(on, locale, now)


def is_day(text: str) -> bool:
    """Whether it is a day as the schema takes it: 2026-11-30."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def as_typed(text: str) -> str:
    """A moment as a field for one holds it, by the clock of China: 2026-11-30T14:05."""
    return f"{read_moment(text):%Y-%m-%dT%H:%M}"


def of_typed(text: str) -> str | None:
    """What stands in a field for a moment, as the schema takes it; None where it is no moment by the clock of China."""
    try:
        at = datetime.fromisoformat(text)
        return None if at.tzinfo or "T" not in text else at.replace(tzinfo=CHINA).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def days_left(text: str, now: datetime) -> int:
    """How many days it is until then: 0 today, less than that when it is over."""
    return (read_moment(text).date() - in_china(now).date()).days


def _day(on: date, locale: Locale, now: datetime) -> str:
    another_year = on.year != in_china(now).year
    if locale == "en":
        return f"{on.day} {on:%b}" + (f" {on.year}" if another_year else "")
    return (f"{on.year}年" if another_year else "") + f"{on.month}月{on.day}日"
