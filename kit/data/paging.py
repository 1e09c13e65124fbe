"""Paging: a bounded page of a list by keyset, never by offset, so that page one thousand costs what page one costs."""

from __future__ import annotations

import base64
import csv
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlakeyset import Marker, select_page, serialize_bookmark, unserialize_bookmark
from sqlalchemy import Select
from sqlalchemy.exc import ArgumentError, OperationalError, StatementError

from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput
from kit.data.db import Session
from kit.data.rendering import looked_at
from kit.rendering import Incident, Stub, View

DEFAULT = 20
_UNREADABLE = (ValueError, ArithmeticError, csv.Error, StopIteration)
_MISFIT = (StatementError, ArgumentError, ValueError, ArithmeticError, TypeError, LookupError)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, each with its cursor, and whether more follow.

    `end` is the cursor behind which they follow, where it is not that of the last row.
    """

    rows: list[Row]
    cursors: list[str]
    has_next: bool
    end: str | None = None

    def view(self, view: View[Row, dict[str, Any]], stub: Stub[Row, dict[str, Any]] | None = None) -> dict[str, Any]:
        """The page as it crosses the wire: {nodes, cursors, has_next}, and `end` where the last cursor is not the end.

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
        return page | ({"incidents": incidents} if incidents else {}) | ({"end": end} if end else {})


def page(session: Session, query: Select[Row], *, first: int | None = None, after: str | None = None) -> Page[Row]:
    """The first rows of `query` behind the cursor `after`.

    The query must be ordered by columns of an index that end in a unique one, none of them nullable or free text
    (sqlakeyset does not give back every text as it took it). Raises InvalidInput for a cursor that we did not give out.
    """
    place = place_of(after)
    try:
        found: Any = select_page(session, cast(Any, query), per_page=first or DEFAULT, page=place)
    except _MISFIT as error:
        if place is None or isinstance(error, OperationalError):
            raise  # no cursor is to blame
        raise InvalidInput(Invalid("after")) from error
    marked = list(found.paging.items())
    return Page([row[0] for _, row in marked], [_cursor(marker) for marker, _ in marked], found.paging.has_next)


def id_of_cursor(cursor: str | None) -> str | None:
    """The id behind which a list by id alone goes on; raises InvalidInput for a cursor of any other list."""
    place = place_of(cursor)
    if place is None:
        return None
    key = tuple(place.place or ())
    if len(key) != 1 or not is_id(key[0]):
        raise InvalidInput(Invalid("after"))
    last: str = key[0]
    return last


def cursor_of(*key: Any) -> str:
    """The cursor of the row with this key, for rows that were not read as a page."""
    return _cursor(Marker(key, backwards=False))


def place_of(cursor: str | None) -> Marker | None:
    """Where in a list a cursor stands; raises InvalidInput for one that we did not give out."""
    if cursor is None:
        return None
    try:
        marker = unserialize_bookmark(base64.b64decode(cursor, altchars=b"-_", validate=True).decode())
    except _UNREADABLE as error:
        raise InvalidInput(Invalid("after")) from error
    if not marker.place or marker.backwards:
        raise InvalidInput(Invalid("after"))
    return marker


def _cursor(marker: Marker) -> str:
    return base64.urlsafe_b64encode(_bookmark(marker).encode()).decode()


def _bookmark(marker: Marker) -> str:
    """As sqlakeyset writes it; of a lone id, as most lists have it, without a writer of CSV for each."""
    match marker.place:
        case (str(id_),) if is_id(id_):
            return f">s:{id_}"
    return str(serialize_bookmark(marker))
