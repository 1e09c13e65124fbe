"""Parked: what a service has given up on, of every kind in one order, and what a person does about it, on record.

A reference is `HANDLER/ID` for a message that came in, `SERVICE.KIND/ID` for all else. The order is by id, the newest first,
and where ids are the same by what stands before them: alike in every service, so that one cursor goes on in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, MetaData, Select, and_, func, inspect, or_, select
from sqlalchemy.exc import IntegrityError

from contracts.browsing import MOST_COUNTED
from contracts.ids import is_id
from contracts.parked import AskedForAgain, NotParked, SettledBy
from contracts.refusals import Invalid, InvalidInput
from kit.data.conflicts import Contended
from kit.data.db import KitTable, Session
from kit.data.paging import Page, cursor_of, place_of
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.work.due import Due, State
from kit.work.job_rows import JobRow, asked_again
from kit.work.settlements import Settlement

Kinds = Iterable[type[Due]]
Key = tuple[str, str]
"""Id, and what stands before it in a reference."""
_ABOUT = ("type", "timer", "name", "channel", "role")


def due_rows(tables: MetaData) -> Iterator[type[Due]]:
    """The mapped classes of a service, by its tables, and of the kit, whose rows fall due."""
    found = {*KitTable.metadata.tables.values(), *tables.tables.values()}
    return (mapped for mapped in Due.__subclasses__() if inspect(mapped).local_table in found)


def reference_of(service: str, row: Due) -> str:
    id_, name = key_of(service, row)
    return f"{name}/{id_}"


def key_of(service: str, row: Due) -> Key:
    name = row.handler if isinstance(row, InboxRow) else f"{service}.{row.kind}"
    return str(inspect(row).identity[0]), name


def about(row: Due) -> str:
    """What it is, as far as its kind says in a word: the type of a message, the name of a timer or a job."""
    return next((str(getattr(row, name)) for name in _ABOUT if hasattr(row, name)), "")


def parked_page(session: Session, service: str, kinds: Kinds, *, first: int, after: str | None) -> Page[Due]:
    """A page of what was given up on: one bounded statement for each kind."""
    behind = _place(after)
    found = [row for kind in kinds for row in _behind(session, service, kind, behind, first + 1)]
    found.sort(key=lambda row: key_of(service, row), reverse=True)
    cursors = [cursor_of(*key_of(service, row)) for row in found[:first]]
    return Page(found[:first], cursors, has_next=len(found) > first)


def number_parked(session: Session, kinds: Kinds) -> int:
    """How many there are, counted up to one more than MOST_COUNTED."""
    number = 0
    for kind in kinds:
        few = _parked(kind).with_only_columns(_id_of(kind)).limit(MOST_COUNTED + 1 - number).subquery()
        number += session.scalar(select(func.count()).select_from(few)) or 0
    return number


def parked_row(session: Session, service: str, kinds: Kinds, reference: str) -> Due:
    """The row with this reference, held until the end of the transaction; refuses with NotParked."""
    id_ = reference.rpartition("/")[2]
    for kind in kinds if is_id(id_) else ():
        rows: Sequence[Due] = session.scalars(_parked(kind).where(_id_of(kind) == id_).with_for_update()).all()
        for row in rows:
            if reference_of(service, row) == reference:
                return row
    raise NotParked("reference")


def retry(session: Session, service: str, row: Due, reason: str = "") -> Settlement:
    """Have it tried again at once, with a fresh series of tries; refuses a job that its person has asked for again.

    Raises Contended where they have asked at this moment.
    """
    if isinstance(row, JobRow) and (other := asked_again(session, row)):
        raise AskedForAgain("reference", job=f"{service}.{JobRow.kind}/{other}")
    row.try_again(session.now)
    _flush(session)
    return _settled(session, service, row, SettledBy.RETRIED, reason)


def discard(session: Session, service: str, row: Due, reason: str = "") -> Settlement:
    """Let it go for good; what waited behind it goes on."""
    row.discard(session.now)
    return _settled(session, service, row, SettledBy.DISCARDED, reason)


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:  # of jobs that somebody asks for twice, one waits at a time
        raise Contended from error


def _settled(session: Session, service: str, row: Due, how: SettledBy, reason: str) -> Settlement:
    session.wake(row.pump)
    settlement = Settlement(
        id=new_id(),
        reference=reference_of(service, row),
        kind=row.kind,
        about=about(row),
        settled=how,
        reason=reason,
        actor=session.viewer.id,
        settled_at=session.now,
    )
    session.add(settlement)
    return settlement


def _parked(kind: Any) -> Select[Any]:
    return select(kind).where(kind.state == State.PARKED)


def _id_of(kind: Any) -> Any:
    return inspect(kind).primary_key[0]


def _behind(session: Session, service: str, kind: Any, behind: Key | None, most: int) -> Sequence[Due]:
    query = _parked(kind).order_by(_id_of(kind).desc(), *([InboxRow.handler.desc()] if kind is InboxRow else []))
    if behind:
        query = query.where(_follows(service, kind, behind))
    return session.scalars(query.limit(most)).all()


def _follows(service: str, kind: Any, behind: Key) -> ColumnElement[bool]:
    """That a row of this kind comes after this place in the order of all kinds."""
    last, name = behind
    id_: ColumnElement[str] = _id_of(kind)
    if kind is InboxRow:
        return or_(id_ < last, and_(id_ == last, InboxRow.handler < name))
    return id_ <= last if f"{service}.{kind.kind}" < name else id_ < last


def _place(cursor: str | None) -> Key | None:
    """Behind what a page begins; raises InvalidInput for a cursor of another list."""
    place = place_of(cursor)
    if place is None:
        return None
    match tuple(place.place or ()):
        case (str(id_), str(name)) if is_id(id_):
            return id_, name
    raise InvalidInput(Invalid("after"))
