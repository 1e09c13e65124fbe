"""Counting: how many entries an edition has by province, institution or day, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select

from contracts.events.admission.counts_forms import CountedBy
from contracts.events.admission.entries import EntryStatus
from kit.clock import CHINA
from kit.data.db import Session
from services.events.admission.entries.model import STANDING, Entry

MOST_COUNTS = 1000


def entry_counts(
    session: Session, *, edition_id: str, by: CountedBy, track_id: str | None = None
) -> list[Mapping[str, Any]]:
    """Rows of {of, entered, waiting, offered, ended}; `of` is a code, an id or a day, by which they are ordered.

    Of institutions those with the most entries come first.
    """
    of = _day(session) if by == CountedBy.DAY else {CountedBy.PROVINCE: Entry.province}.get(by, Entry.organization_id)
    counted = select(
        of.label("of"),
        *(_number(status).label(status) for status in STANDING),
        func.count().filter(Entry.status.not_in(STANDING)).label("ended"),
    ).where(Entry.edition_id == edition_id)
    if track_id:
        counted = counted.where(Entry.track_id == track_id)
    most_first = (func.count().desc(),) if by == CountedBy.INSTITUTION else ()
    rows = session.execute(counted.group_by(of).order_by(*most_first, of).limit(MOST_COUNTS))
    return [{**row._mapping, "of": str(row.of)} for row in rows]


def _number(status: EntryStatus) -> ColumnElement[int]:
    return func.count().filter(Entry.status == status)


def _day(session: Session) -> ColumnElement[Any]:
    """The day in China on which an entry came; SQLite keeps moments in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(Entry.created_at, "+8 hours")
    return func.date(func.timezone(CHINA.key, Entry.created_at))
