"""Dates: what falls due for the viewer, declared by each family as rows that are read by date, and put in one order.

The order is (moment, kind, id), the same in every service, so that the parts of several services are merged by it and one
cursor goes on in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, false, func, or_, select

from contracts.agenda import MOST_DAYS, USUAL_DAYS, DateKind
from contracts.browsing import MOST_COUNTED
from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput, OutOfRange
from kit.clock import CHINA, in_china
from kit.data.db import Session
from kit.data.paging import Page, cursor_of, place_of
from kit.settings import Settings

DueRows = Select[str, Any, bool]
Rows = Callable[[Session], DueRows | None]
"""Gives a query of (id, due, done): which thing, when, and whether the viewer has done it; None where no row can be."""
Key = tuple[datetime, str, str]
END = time(23, 59, 59)
"""What is due on a day is due at its end, in China."""


def _at_once(_: Settings) -> timedelta:
    return timedelta()


def end_of_day(day: date) -> datetime:
    """The moment at which what is due on a day is due."""
    return datetime.combine(day, END, CHINA).astimezone(UTC)


def theirs(query: DueRows, mine: ColumnElement[bool]) -> DueRows | None:
    """Those rows of a query that are the viewer's; None where a right says beforehand that none is."""
    return None if mine is false() else query.where(mine)


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The dates of one kind. `subject` is the word on the wire for the thing that each is about.

    `action` is the command that gets it done, where that is the viewer's to do. The moment or day in `rows` is when it is
    due, or `after` so long.
    """

    kind: DateKind
    subject: str
    rows: Rows
    action: str | None = None
    after: Callable[[Settings], timedelta] = _at_once


@dataclass(frozen=True)
class DueThing:
    """One thing that is due."""

    dates: Dates
    id: str
    due_at: datetime
    done: bool

    @property
    def key(self) -> Key:
        return self.due_at, self.dates.kind, self.id


@dataclass(frozen=True)
class Span:
    """From when until just before when; `undone` leaves out what is done."""

    since: datetime
    until: datetime
    undone: bool = False


def span_of(since: datetime, until: datetime | None, *, undone: bool) -> Span:
    """The span from `since`, of the usual length where none is given; refuses one that is too long, or ends before it begins."""
    if until is None:
        return Span(since, since + timedelta(days=USUAL_DAYS), undone)
    if not timedelta() <= until - since <= timedelta(days=MOST_DAYS):
        raise InvalidInput(OutOfRange("to", min=0, max=MOST_DAYS))
    return Span(since, until, undone)


def due(
    session: Session, settings: Settings, kinds: Iterable[Dates], span: Span, *, first: int, after: str | None
) -> Page[DueThing]:
    """A page of what is due, the earliest first: one bounded statement for each kind."""
    behind = key_of(after)
    found = [
        thing for rows in _asked(session, settings, kinds, span) for thing in rows.things(session, behind, first + 1)
    ]
    shown = sorted(found, key=lambda thing: thing.key)
    cursors = [cursor_of(due_at.isoformat(), kind, id_) for due_at, kind, id_ in (each.key for each in shown[:first])]
    return Page(shown[:first], cursors, has_next=len(shown) > first)


def number_due(session: Session, settings: Settings, kinds: Iterable[Dates], span: Span) -> int:
    """How many things are due, counted up to one more than MOST_COUNTED."""
    number = 0
    for rows in _asked(session, settings, kinds, span):
        few = rows.query.limit(MOST_COUNTED + 1 - number).subquery()
        number += session.scalar(select(func.count()).select_from(few)) or 0
    return number


def key_of(cursor: str | None) -> Key | None:
    """Behind what a page begins; raises InvalidInput for a cursor of another list."""
    place = place_of(cursor)
    if place is None:
        return None
    match tuple(place.place or ()):
        case (str(due_at), str(kind), str(id_)) if is_id(id_) and kind in set(DateKind):
            try:
                return datetime.fromisoformat(due_at), kind, id_
            except ValueError:
                pass
    raise InvalidInput(Invalid("after"))


@dataclass(frozen=True)
class _Asked:
    """The rows of one kind within a span."""

    dates: Dates
    query: DueRows
    kept: _Kept

    def things(self, session: Session, behind: Key | None, most: int) -> list[DueThing]:
        """At most so many of them, those behind a place in the order of all kinds."""
        id_, when, _ = self.query.selected_columns
        query = self.query.where(self._follows(when, id_, behind)) if behind else self.query
        rows = session.execute(query.order_by(when, id_).limit(most))
        return [DueThing(self.dates, row[0], self.kept.moment(row[1]), bool(row[2])) for row in rows]

    def _follows(self, when: ColumnElement[Any], id_: ColumnElement[Any], behind: Key) -> Any:
        moment, kind, last_id = behind
        kept = self.kept.of(moment)
        if self.dates.kind > kind or self.kept.moment(kept) != moment:
            return when >= kept
        if self.dates.kind < kind:
            return when > kept
        return or_(when > kept, (when == kept) & (id_ > last_id))


def _asked(session: Session, settings: Settings, kinds: Iterable[Dates], span: Span) -> Iterator[_Asked]:
    """What can concern the viewer at all."""
    for dates in kinds:
        query = dates.rows(session)
        if query is not None:
            _, when, done = query.selected_columns
            kept = _Kept(isinstance(when.type, Date), dates.after(settings))
            query = query.where(when >= kept.of(span.since), when < kept.of(span.until))
            yield _Asked(dates, query.where(~done) if span.undone else query, kept)


@dataclass(frozen=True)
class _Kept:
    """Between moments and what a column keeps, days or moments, `after` which so long something is due."""

    days: bool
    after: timedelta

    def of(self, moment: datetime) -> Any:
        """What a row keeps that is due at this moment; of days the first that is not due before."""
        earlier = moment - self.after
        return in_china(earlier).date() if self.days else earlier

    def moment(self, kept: date | datetime) -> datetime:
        if isinstance(kept, datetime):
            return kept + self.after
        return end_of_day(kept) + self.after
