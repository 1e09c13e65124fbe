"""Paging: a bounded page of a list by keyset, never by offset, so that page one thousand costs what page one costs."""

from __future__ import annotations

import base64
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlakeyset import Marker, select_page, serialize_bookmark, unserialize_bookmark
from sqlalchemy import Select, func, select
from sqlalchemy.exc import ArgumentError, OperationalError, StatementError

from contracts.browsing import MOST_COUNTED, START, ByAge, Stretch
from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput
from kit.data.db import Session
from kit.data.rendering import looked_at
from kit.rendering import Incident, Stub, View

DEFAULT = 20
_UNREADABLE = (ValueError, ArithmeticError, csv.Error, StopIteration)
_MISFIT = (StatementError, ArgumentError, ValueError, ArithmeticError, TypeError, LookupError)
Row = TypeVar("Row")
Orders = Mapping[Any, Sequence[Any]]
"""The orders of a list, the usual one first: by which columns of an index, the last of them unique, it is read."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, each with its cursor, and whether more follow.

    `end` is the cursor behind which they follow, where it is not that of the last row. `has_previous` is known of a page that
    was read from the end. A list that was counted has no rows but a `total`, or so many at least where there are `more`.
    """

    rows: list[Row]
    cursors: list[str]
    has_next: bool
    end: str | None = None
    has_previous: bool | None = None
    total: int | None = None
    more: bool = False

    def view(self, view: View[Row, dict[str, Any]], stub: Stub[Row, dict[str, Any]] | None = None) -> dict[str, Any]:
        """The page as it crosses the wire: {nodes, cursors, has_next}, and `end` where the last cursor is not the end.

        One that was read from the end has `has_previous` too, one that was only counted has `total` and `more` besides.
        Rows that cannot be shown and have no stub are left out; `incidents` then holds a number for each, and `end` is the
        cursor behind the last row, shown or not.
        """
        looked = [(looked_at(row, view, stub), cursor) for row, cursor in zip(self.rows, self.cursors, strict=True)]
        shown = [(seen, cursor) for seen, cursor in looked if not isinstance(seen, Incident)]
        page = {
            "nodes": [seen for seen, _ in shown],
            "cursors": [cursor for _, cursor in shown],
            "has_next": self.has_next,
        }
        incidents = [str(seen) for seen, _ in looked if isinstance(seen, Incident)]
        end = self.end or (self.cursors[-1] if incidents else None)
        page |= ({"incidents": incidents} if incidents else {}) | ({"end": end} if end else {})
        page |= {} if self.has_previous is None else {"has_previous": self.has_previous}
        return page | ({} if self.total is None else {"total": self.total, "more": self.more})


def by_age(*columns: Any) -> Orders:
    """The two orders of a list that is read by these columns, which are those of an index."""
    return {ByAge.OLDEST: columns, ByAge.NEWEST: tuple(column.desc() for column in columns)}


def or_by_name(orders: Orders, *columns: Any) -> Orders:
    """These orders, and one by name: these columns, of which the first sorts what things are called."""
    return {**orders, ByAge.NAME: columns}


def newest_first(*columns: Any) -> Orders:
    """As `by_age`, of a list that usually begins with what came last."""
    return {order: by_age(*columns)[order] for order in (ByAge.NEWEST, ByAge.OLDEST)}


def page(
    session: Session,
    query: Select[Row],
    stretch: Stretch = START,
    *,
    orders: Orders | None = None,
) -> Page[Row]:
    """A stretch of what `query` finds, or no more than how much that is.

    The query must be ordered, or have `orders`, by columns of an index that end in a unique one, none of them nullable or
    free text (sqlakeyset does not give back every text as it took it). Raises InvalidInput for a cursor that we did not give
    out.
    """
    if stretch.counted:
        return counted(session, query)
    if orders:
        chosen = orders[stretch.order_by] if stretch.order_by else next(iter(orders.values()))
        query = query.order_by(None).order_by(*chosen)
    return _read(session, query, stretch)


def _read(session: Session, query: Select[Row], stretch: Stretch) -> Page[Row]:
    place = place_of(stretch.cursor, stretch.field)
    marker = Marker(place and place.place, backwards=stretch.backwards)
    try:
        found: Any = select_page(session, cast(Any, query), per_page=stretch.size or DEFAULT, page=marker)
    except _MISFIT as error:
        if place is None or isinstance(error, OperationalError):
            raise  # no cursor is to blame
        raise InvalidInput(Invalid(stretch.field)) from error
    marked = list(found.paging.items())
    cursors = [cursor_of(*each.place or ()) for each, _ in marked]
    has_previous = found.paging.has_previous if stretch.backwards else None
    return Page([row[0] for _, row in marked], cursors, found.paging.has_next, has_previous=has_previous)


def counted(session: Session, query: Select[Any], most: int = MOST_COUNTED) -> Page[Any]:
    """How many a query finds, which looks no further than one behind the `most` that are counted."""
    few = query.order_by(None).limit(most + 1).subquery()
    number = session.scalar(select(func.count()).select_from(few)) or 0
    return Page([], [], has_next=False, **view_of_total(number, most))


def view_of_total(number: int, most: int = MOST_COUNTED) -> dict[str, Any]:
    """A number as it crosses the wire that was counted up to one more than `most`."""
    return {"total": min(number, most), "more": number > most}


def id_of_cursor(cursor: str | None, argument: str = "after") -> str | None:
    """The id behind which a list by id alone goes on; raises InvalidInput for a cursor of any other list."""
    place = place_of(cursor, argument)
    if place is None:
        return None
    key = tuple(place.place or ())
    if len(key) != 1 or not is_id(key[0]):
        raise InvalidInput(Invalid(argument))
    last: str = key[0]
    return last


def cursor_of(*key: Any) -> str:
    """The cursor of the row with this key, for rows that were not read as a page."""
    return _cursor(Marker(key, backwards=False))


def place_of(cursor: str | None, argument: str = "after") -> Marker | None:
    """Where in a list a cursor stands, which an argument gives; raises InvalidInput for one that we did not give out."""
    if cursor is None:
        return None
    try:
        marker = unserialize_bookmark(base64.b64decode(cursor, altchars=b"-_", validate=True).decode())
    except _UNREADABLE as error:
        raise InvalidInput(Invalid(argument)) from error
    if not marker.place or marker.backwards:
        raise InvalidInput(Invalid(argument))
    return marker


def _cursor(marker: Marker) -> str:
    return base64.urlsafe_b64encode(_bookmark(marker).encode()).decode()


def _bookmark(marker: Marker) -> str:
    """As sqlakeyset writes it; of a lone id, as most lists have it, without a writer of CSV for each."""
    match marker.place:
        case (str(id_),) if is_id(id_):
            return f">s:{id_}"
    return str(serialize_bookmark(marker))
