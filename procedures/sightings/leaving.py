"""Leaving: whoever reads a confidential thing leaves a sighting of it, one a day, before they are answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from contracts.alliances.people.sightings import SightingKind
from kit.clock import in_china
from kit.data.db import Session, table_of
from kit.ids import new_id


def leave(session: Session, sightings: type[Any], things: Collection[str], what: SightingKind) -> None:
    """The viewer reads these things: written down behind the reading, unless they have read them today."""
    day, viewer = in_china(session.now).date(), session.viewer.id
    today = (sightings.seen_by == viewer, sightings.what == what, sightings.day == day)
    known = select(sightings.thing).where(sightings.thing.in_(things), *today)
    new = sorted({*things} - {*session.scalars(known)}) if things else []
    if new:
        session.leave(partial(_write, sightings=sightings, things=new, what=what, day=day))


def _write(session: Session, *, sightings: type[Any], things: Collection[str], what: SightingKind, day: date) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    same = {"what": what, "seen_by": session.viewer.id, "day": day, "created_at": session.now}
    rows = [{"id": new_id(), "thing": thing, **same} for thing in things]
    session.execute(insert(table_of(sightings)).on_conflict_do_nothing(), rows)
