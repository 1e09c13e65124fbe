"""Indexing: makes what has names findable by them, at once where it is entered or renamed, later where that was not done."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import Session, Writing
from kit.data.many import insert_many
from procedures.search.fragments import SPELLING, fragments
from procedures.search.sorting import sort_key
from procedures.search.tables import Findable, Sorted

WAVE = 50
"""How many are spelled out in one transaction: some tens of milliseconds."""


def index_names(session: Session, thing: Findable) -> None:
    """From the next flush on it is found by its names of this moment, and by no others: to be said with each change of them.

    Nothing is written where it is found by all of them already.
    """
    names = thing.sought_names(session.now)
    table, found = thing.fragments, fragments(names)
    if isinstance(thing, Sorted):
        thing.sort_key = sort_key(next(iter(names), ""))
    known = _known(session, thing) if inspect(thing).persistent else {}
    thing.spelling, write = SPELLING, _writing(cast("type[DeclarativeBase]", table))
    gone = [fragment for fragment, inside in known.items() if found.get(fragment) != inside]
    if gone:
        with session.no_autoflush:
            session.execute(delete(table).where(table.owner_id == thing.id, table.fragment.in_(gone)))
    for fragment, inside in found.items():
        if known.get(fragment) != inside:
            session.put(write, {"owner_id": thing.id, "fragment": fragment, "inside": inside})


def is_missing(session: Session, things: type[Findable]) -> bool:
    """Whether an earlier release, or spelling, has left any."""
    return session.scalar(select(things.id).where(things.spelling < SPELLING).limit(1)) is not None


def index_missing(session: Session, things: type[Findable]) -> bool:
    """Spell out a wave of those; returns whether more may be left.

    Who is being changed by somebody else right now is passed over: that somebody, or the next wave, does it.
    """
    left = select(things).where(things.spelling < SPELLING).order_by(things.spelling, things.id).limit(WAVE)
    rows = session.scalars(left.options(*things.with_names()).with_for_update(of=things, skip_locked=True)).all()
    for row in rows:
        index_names(session, row)
    return len(rows) == WAVE


def _known(session: Session, thing: Findable) -> dict[str, bool]:
    """By what it is found so far; from here to the end of the transaction nobody else spells it out."""
    things, table = type(thing), thing.fragments
    with session.no_autoflush:
        session.execute(select(things.id).where(things.id == thing.id).with_for_update())
        return dict(session.execute(select(table.fragment, table.inside).where(table.owner_id == thing.id)).all())


@cache
def _writing(table: type[DeclarativeBase]) -> Writing:
    """Writes fragments: one function a table, so that those of all things that are entered together are one statement."""
    return lambda session, rows: insert_many(session, table, rows)
