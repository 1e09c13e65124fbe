"""Ladder: what is told and done about something that has an end, by the day: reminders before it, grace, and the lapse.

A term lasts through its last day, `until`. Nothing here knows what it is a term of: a membership, a seat, a paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """How something with a term stands on a day."""

    CURRENT = "current"
    RENEWAL_DUE = "renewal_due"
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Ladder:
    """Reminders so many days `before` the last day, the most first; then `grace` days, after which it lapses or does not."""

    before: tuple[int, ...]
    grace: int
    lapses: bool


@dataclass(frozen=True, order=True)
class Rung:
    """On this day it comes to stand so; `left` days are left then, none or fewer once it is over."""

    day: date
    standing: Standing
    left: int


def rungs(until: date, ladder: Ladder) -> list[Rung]:
    """Every rung of a term, in the order of their days."""
    steps = [(days, Standing.RENEWAL_DUE) for days in sorted(ladder.before, reverse=True)]
    if ladder.grace:
        steps.append((-1, Standing.IN_GRACE))
    if ladder.lapses:
        steps.append((-ladder.grace - 1, Standing.LAPSED))
    return [Rung(until - timedelta(days=left), standing, left) for left, standing in steps]


def standing_on(until: date | None, ladder: Ladder, day: date) -> Standing:
    """How a term stands on a day; one without an end is always current."""
    if until is None:
        return Standing.CURRENT
    left = (until - day).days
    if left >= 0:
        return Standing.RENEWAL_DUE if left <= max(ladder.before, default=-1) else Standing.CURRENT
    return Standing.LAPSED if ladder.lapses and -left > ladder.grace else Standing.IN_GRACE


def missed(until: date, ladder: Ladder, *, told: date | None, today: date) -> Rung | None:
    """The newest rung that has come by today and that was not told, `told` being the day of the last that was."""
    come = [rung for rung in rungs(until, ladder) if rung.day <= today]
    return come[-1] if come and (told is None or come[-1].day > told) else None


def coming(until: date, ladder: Ladder, *, today: date) -> Rung | None:
    """The next rung after today."""
    return next((rung for rung in rungs(until, ladder) if rung.day > today), None)
