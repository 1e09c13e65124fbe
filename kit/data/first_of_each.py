"""First of each: the first, or last, rows of several lists in one statement, each read by its index and no further than asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, literal, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from contracts.browsing import MOST_COUNTED, Stretch
from kit.data.db import Session
from kit.data.paging import DEFAULT, id_of_cursor, view_of_total

Part = TypeVar("Part")
_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"
_AFTER_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def first_of_each(
    session: Session,
    part: type[Part],
    of: InstrumentedAttribute[str],
    ids: list[str],
    *shown: ColumnElement[bool],
    stretch: Stretch,
    where: Mapping[InstrumentedAttribute[str], str] | None = None,
) -> type[Part]:
    """For each of the rows with these `ids`, to which `of` refers, a stretch of its parts by id, and one more.

    That one tells whether there are others beyond. There must be an index of `of`, the columns of `where` with what they are
    to be, and the id; `shown` says which of the rows with these ids the viewer may know of.

    To number the parts would read them all. So would PostgreSQL to sort them, or it would look for them through all that
    there are: it knows how many parts a row has in the mean, not that one has a million. So the row is said as a range and
    the parts are ordered by it too: nothing but that index gives this order. The place in it says where to begin.
    """
    entity: Any = part
    whole = next(iter(of.foreign_keys)).column
    fixed = [(column, literal(value, column.type)) for column, value in (where or {}).items()]
    none = _AFTER_ALL if stretch.backwards else _BEFORE_ALL
    last = literal(id_of_cursor(stretch.cursor, stretch.field) or none, entity.id.type)
    place = tuple_(of, *(column for column, _ in fixed), entity.id)
    beyond = tuple_(whole, *(value for _, value in fixed), last)
    within = place < beyond if stretch.backwards else place > beyond
    few = select(entity).where(of >= whole, of <= whole, *(column == value for column, value in fixed), within)
    few = few.order_by(*(each.desc() if stretch.backwards else each for each in (of, entity.id)))
    few = few.limit((stretch.size or DEFAULT) + 1).correlate(whole.table)
    if session.get_bind().dialect.name == "sqlite":  # which has no LATERAL, but asks what follows IN for each row anew
        each_part: Any = aliased(entity)
        each = select(each_part).join(whole.table, each_part.id.in_(few.with_only_columns(entity.id)))
    else:
        lateral = few.lateral()
        each = select(lateral).select_from(whole.table).join(lateral, true())
    return aliased(part, each.where(whole.in_(ids), *shown).subquery())


def count_of_each(
    session: Session,
    part: type[Any],
    of: InstrumentedAttribute[str],
    ids: list[str],
    *shown: ColumnElement[bool],
    where: Mapping[InstrumentedAttribute[str], str] | None = None,
) -> list[dict[str, Any]]:
    """As `first_of_each`, how many parts each of these rows has: {<name of `of`>, total, more} as a counted page has them."""
    whole = next(iter(of.foreign_keys)).column
    fixed = (column == literal(value, column.type) for column, value in (where or {}).items())
    few = select(literal(1)).select_from(part).where(of == whole, *fixed).limit(MOST_COUNTED + 1).correlate(whole.table)
    number = select(func.count()).select_from(few.subquery()).scalar_subquery()
    found = session.execute(select(whole, number).where(whole.in_(ids), *shown))
    return [{of.key: id_, **view_of_total(number)} for id_, number in found]
