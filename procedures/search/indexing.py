"""Indexing: makes what has names findable by them, at once where it is entered or renamed, later where that was not done."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from kit.data.db import Session
from kit.data.many import insert_many
from procedures.search.fragments import SPELLING, fragments
from procedures.search.tables import Findable

WAVE = 50
"""How many are spelled out in one transaction: some tens of milliseconds."""


def index_names(session: Session, thing: Findable, names: Iterable[str]) -> None:
    """From now on it is found by these names, and by no others: to be said with each change of them, former ones included."""
    known = thing.spelling
    thing.spelling = SPELLING
    session.flush()
    table = thing.fragments
    if known:
        session.execute(delete(table).where(table.owner_id == thing.id))
    found = fragments(names)
    rows = [{"owner_id": thing.id, "fragment": fragment, "inside": inside} for fragment, inside in found.items()]
    insert_many(session, table, rows)  # type: ignore[arg-type]


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
        index_names(session, row, row.sought_names)
    return len(rows) == WAVE
