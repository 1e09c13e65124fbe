"""Histories: what was done to each of several things, step by step, for those whom it concerns.

The journal of a thing has no gaps: its steps are numbered by its version. So a page of any number of histories is a range of
numbers of each, and how many steps there are is known without counting, however long the journal grows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from contracts.base import MessageClass
from contracts.browsing import Stretch
from contracts.ids import is_reserved
from contracts.refusals import Invalid, InvalidInput
from kit.calls.acting import own_keys
from kit.data.db import Session
from kit.data.paging import DEFAULT, cursor_of, place_of, view_of_total
from kit.data.subjects import Versioned
from kit.messages.outbox import OutboxRow
from kit.rights.right import Right

Range = tuple[int, int]
_STEP = (
    OutboxRow.subject_id,
    OutboxRow.subject_version,
    OutboxRow.type,
    OutboxRow.actor,
    OutboxRow.time,
    OutboxRow.data["reason"].as_string().label("reason"),
    OutboxRow.data["what"].as_string().label("what"),
)


def concerning(
    session: Session, right: Right, things: Sequence[Any], keys: Callable[[Any], Mapping[str, Any]] = own_keys
) -> list[Any]:
    """Those of these things for which the viewer has the right; it must look at no other row than theirs."""
    admits = right.test(session)
    return [thing for thing in things if admits(**keys(thing))]


def histories(
    session: Session,
    things: Sequence[Versioned],
    *,
    whose: str,
    stretch: Stretch,
    unnamed: Collection[MessageClass] = (),
) -> list[dict[str, Any]]:
    """A stretch of the history of each of these things, oldest first, and one more step each that tells of others beyond.

    They are of one class, and `whose` names the id of the thing, as `membership_id`. Who acted is not told of the messages
    that are `unnamed`. Where the stretch is only counted, how many steps each has.
    """
    if stretch.counted:
        return [{whose: thing.id, **view_of_total(thing.version)} for thing in things]
    silent = {message.type for message in unnamed}
    return [_view(step, whose, silent) for step in _steps(session, things, stretch)]


def _steps(session: Session, things: Sequence[Versioned], stretch: Stretch) -> Sequence[Row[Any]]:
    place = _place(stretch)
    ids: dict[Range, list[str]] = defaultdict(list)
    for thing in things:
        ids[_range(thing.version, stretch, place)].append(thing.id)
    if not ids:
        return []
    query = select(*_STEP).where(OutboxRow.subject_type == things[0].subject, or_(*map(_within, ids.items())))
    return session.execute(query.order_by(OutboxRow.subject_id, OutboxRow.subject_version)).all()


def _range(version: int, stretch: Stretch, place: int | None) -> Range:
    """Which numbers to read of a thing whose latest step is `version`: those asked for, and one beyond."""
    many = (stretch.size or DEFAULT) + 1
    if stretch.backwards:
        last = version if place is None else place - 1
        return last - many + 1, last
    first = (place or 0) + 1
    return first, first + many - 1


def _within(each: tuple[Range, list[str]]) -> ColumnElement[bool]:
    (first, last), ids = each
    return and_(OutboxRow.subject_id.in_(ids), OutboxRow.subject_version.between(first, last))


def _place(stretch: Stretch) -> int | None:
    """The number at which a cursor stands; raises InvalidInput for one of any other list."""
    marker = place_of(stretch.cursor, stretch.field)
    match tuple(marker.place or ()) if marker else None:
        case None:
            return None
        case (int(number),) if 0 < number < 2**31:
            return number
    raise InvalidInput(Invalid(stretch.field))


def _view(step: Row[Any], whose: str, silent: Collection[str]) -> dict[str, Any]:
    named = step.type not in silent and not is_reserved(step.actor)
    return {
        whose: step.subject_id,
        "cursor": cursor_of(step.subject_version),
        "type": step.type,
        "what": step.what,
        "actor": (step.actor or None) if named else None,
        "at": step.time,
        "reason": step.reason or "",
    }
