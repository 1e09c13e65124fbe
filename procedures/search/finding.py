"""Finding: a page of what has a name in which a text occurs, those first whose name begins with it.

Each owner comes once, with the first of its fragments, in an order that is the same for every page: what begins so, then the
rest, each by its fragment. A page looks at so many owners at most that fit the text. Where a further choice leaves few of
them, the page ends early and says that more may follow; so no text and no choice makes a page dear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.base import ExecutableOption

from contracts.browsing import MOST_COUNTED, START, Stretch
from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput, NotWithSearch
from kit.data.db import Session
from kit.data.paging import DEFAULT, Page, cursor_of, place_of
from procedures.search.fragments import sought
from procedures.search.tables import Findable

LOOKED_AT = 500
"""Owners a page looks at."""
LAST = "\U0010ffff"
"""Sorts behind every letter: all that begins with a text lies between it and it with this behind."""

Thing = TypeVar("Thing", bound=Findable)
Key = tuple[bool, str, str]
"""Where a hit stands: whether its fragment begins inside a name, the fragment, the owner's id."""


def _by_all(_owner_id: Any) -> ColumnElement[bool]:
    return true()


@dataclass(frozen=True)
class Search:
    """A search for a text: `seen` is whether the viewer may know of the owner with an id, `chosen` what they want of those.

    What the viewer may not know of is not counted, and no cursor tells of it.
    """

    text: str
    seen: Callable[[Any], ColumnElement[bool]] = _by_all
    chosen: Sequence[ColumnElement[bool]] = ()
    parts: Sequence[ExecutableOption] = ()
    """What is loaded with each (loader options)."""


def found(session: Session, things: type[Thing], search: Search, stretch: Stretch = START) -> Page[Thing]:
    """The first things behind a cursor that a text finds; raises InvalidInput for a cursor that is not ours.

    A text of one letter finds only what begins with it, one without a letter nothing. What is found has an order of its own
    and is read forwards only; it is counted as far as a text is looked for.
    """
    if stretch.counted:
        return _counted(session, things, search)
    _check_forwards(stretch)
    wanted, place = stretch.first or DEFAULT, _place(stretch.after)
    text = sought(search.text)
    hits: list[tuple[Thing, str]] = []
    end = None
    for inside in _ranges(text, place):
        hits_here, end = _range(session, things, search, _Range(text, inside, place), wanted + 1 - len(hits))
        hits += hits_here
        if end or len(hits) > wanted:
            break
    shown = hits[:wanted]
    return Page(
        [thing for thing, _ in shown],
        [cursor for _, cursor in shown],
        has_next=bool(end) or len(hits) > wanted,
        end=None if len(hits) > wanted else end,
    )


def _check_forwards(stretch: Stretch) -> None:
    """Refuses with InvalidInput what a search cannot do: another order, and to be read from its end."""
    for field, given in (("last", stretch.last), ("before", stretch.before), ("orderBy", stretch.order_by)):
        if given is not None:
            raise InvalidInput(NotWithSearch(field))


def _counted(session: Session, things: type[Thing], search: Search) -> Page[Thing]:
    """How many are found among as many owners as are counted; where there are more of those, that is not all."""
    total, more, text = 0, False, sought(search.text)
    for inside in _ranges(text, None):
        looked_at = _window(things, search, _Range(text, inside, None)).limit(MOST_COUNTED + 1).subquery()
        fits = and_(looked_at.c.owner_id == things.id, *search.chosen)
        numbers = select(func.count(), func.count(things.id)).select_from(looked_at.outerjoin(things, fits))
        owners, here = session.execute(numbers).one()
        total, more = total + here, more or owners > MOST_COUNTED
    return Page([], [], has_next=False, total=min(total, MOST_COUNTED), more=more or total > MOST_COUNTED)


@dataclass(frozen=True)
class _Range:
    """A range of the index: the fragments that begin with a text, behind a place; of the two kinds, one."""

    text: str
    inside: bool
    behind: Key | None

    def of(self, hit: Any) -> ColumnElement[bool]:
        return and_(hit.inside == self.inside, _begins(hit, self.text), self._behind(hit))

    def _behind(self, hit: Any) -> ColumnElement[bool]:
        if self.behind is None or self.behind[0] != self.inside:
            return true()
        _, fragment, owner_id = self.behind
        return and_(hit.fragment >= fragment, or_(hit.fragment > fragment, hit.owner_id > owner_id))


def _ranges(text: str, place: Key | None) -> Iterator[bool]:
    if text and not (place and place[0]):
        yield False
    if len(text) > 1:
        yield True


def _range(
    session: Session, things: type[Thing], search: Search, range_: _Range, wanted: int
) -> tuple[list[tuple[Thing, str]], str | None]:
    """What is found in a range, each with its cursor; and the cursor of the last owner that was looked at, if others follow."""
    window = _window(things, search, range_)
    looked_at = window.limit(LOOKED_AT).subquery()
    query = (
        select(things, looked_at.c.fragment)
        .join(looked_at, looked_at.c.owner_id == things.id)
        .where(*search.chosen)
        .options(*search.parts)
        .order_by(looked_at.c.fragment, looked_at.c.owner_id)
    )
    rows = session.execute(query.limit(wanted)).unique().all()
    hits = [(thing, cursor_of(range_.inside, fragment, thing.id)) for thing, fragment in rows]
    if len(hits) == wanted or not search.chosen:
        return hits, None
    last = session.execute(window.offset(LOOKED_AT - 1).limit(1)).first()
    return hits, last and cursor_of(range_.inside, *last)


def _window(things: type[Thing], search: Search, range_: _Range) -> Select[str, str]:
    """The owners of a range, each with the first of its fragments that fit, wherever that is."""
    hit, earlier = aliased(things.fragments), aliased(things.fragments)
    sooner = or_(earlier.inside < hit.inside, and_(earlier.inside == hit.inside, earlier.fragment < hit.fragment))
    known = exists().where(earlier.owner_id == hit.owner_id, _begins(earlier, range_.text), sooner)
    query = select(hit.fragment, hit.owner_id).where(range_.of(hit), ~known, search.seen(hit.owner_id))
    return query.order_by(hit.fragment, hit.owner_id)


def _begins(hit: Any, text: str) -> ColumnElement[bool]:
    beginning: ColumnElement[bool] = hit.fragment.between(text, text + LAST)
    return beginning


def _place(cursor: str | None) -> Key | None:
    """Where a search stands behind a cursor; raises InvalidInput for one of another list."""
    place = place_of(cursor)
    if place is None:
        return None
    match tuple(place.place or ()):
        case (bool(inside), str(fragment), str(owner_id)) if sought(fragment) == fragment and is_id(owner_id):
            return inside, fragment, owner_id
    raise InvalidInput(Invalid("after"))
