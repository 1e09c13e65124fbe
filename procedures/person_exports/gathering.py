"""Gathering: one source after the other, some rows a transaction, so that a killed process loses one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select

from contracts.alliances.people.exports import PersonExportAsked
from kit.data.db import Session
from kit.work.job_rows import enqueue
from kit.work.jobs import Next
from kit.work.timers import at, cancel
from procedures.person_exports.sources import Source, walk
from procedures.person_exports.tables import PersonPart, PersonPiece

GATHER = "gather_person"
DROP = "drop_person_part"
MOST_ROWS = 100_000
"""A part holds so many rows at most, and says so where there are more: a file that is read, not a copy of the hub."""


def begin(session: Session, asked: PersonExportAsked) -> None:
    """Begin to gather, unless it was begun, or nobody may have it any more."""
    id_ = asked.person_export_id
    if asked.until <= session.now or session.get(PersonPart, id_) is not None:
        return
    enqueue(session, GATHER, {"part_id": id_, "accounts": asked.accounts, "record_ids": asked.record_ids})
    whose = {"person_id": asked.person_id, "asked_by": asked.asked_by, "until": asked.until}
    session.add(PersonPart(id=id_, **whose))
    at(session, asked.until, DROP, id_)


def gather(
    session: Session, sources: Sequence[Source], saved: dict[str, Any], *, part_id: str, **ids: list[str]
) -> dict[str, Any] | Next:
    """The next step: some rows of one source become a piece; what was dropped meanwhile is not gathered on."""
    part = session.get(PersonPart, part_id, with_for_update=True)
    if part is None:
        return {}
    place: int = saved.get("source", 0)
    rows, behind = walk(session, sources[place], ids[sources[place].by], saved.get("behind", []))
    room = MOST_ROWS - part.rows
    part.cut = part.cut or len(rows) > room
    if rows[:room]:
        _keep(session, part, sources[place].name, rows[:room])
    place += not behind
    if place == len(sources) or part.cut:
        part.finished_at = session.now
        return {"counts": {"rows": part.rows}}
    return Next({"source": place, "behind": behind}, place, len(sources))


def parts(session: Session, ids: list[str]) -> Sequence[PersonPart]:
    return session.scalars(select(PersonPart).where(PersonPart.id.in_(ids), PersonPart.until > session.now)).all()


def drop(session: Session, part_id: str) -> None:
    """Erase what was gathered: its day is over. The part first: who adds a piece to it holds it, and is waited for."""
    session.execute(delete(PersonPart).where(PersonPart.id == part_id))
    session.execute(delete(PersonPiece).where(PersonPiece.part_id == part_id))


def drop_of(session: Session, record_ids: Collection[str]) -> None:
    """Erase what was gathered of a person who is erased, under whichever of their records it was asked for."""
    for part_id in session.scalars(select(PersonPart.id).where(PersonPart.person_id.in_(record_ids))).all():
        drop(session, part_id)
        cancel(session, DROP, part_id)


def _keep(session: Session, part: PersonPart, source: str, rows: list[dict[str, Any]]) -> None:
    part.pieces, part.rows = part.pieces + 1, part.rows + len(rows)
    session.add(PersonPiece(part_id=part.id, number=part.pieces, source=source, rows=rows))
