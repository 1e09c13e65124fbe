"""First of each: the first rows of several lists in one statement, each list read by its index and no further than asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, literal, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from kit.data.db import Session
from kit.data.paging import id_of_cursor

Part = TypeVar("Part")
_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


def first_of_each(
    session: Session,
    part: type[Part],
    of: InstrumentedAttribute[str],
    ids: list[str],
    *shown: ColumnElement[bool],
    first: int,
    after: str | None = None,
    where: Mapping[InstrumentedAttribute[str], str] | None = None,
) -> type[Part]:
    """For each of the rows with these `ids`, to which `of` refers, the first so many of its parts by id, and one more.

    That one tells whether others follow. There must be an index of `of`, the columns of `where` with what they are to
    be, and the id; `shown` says which of the rows with these ids the viewer may know of. `after` is a cursor.

    To number the parts would read them all. So would PostgreSQL to sort them, or it would look for them through all that
    there are: it knows how many parts a row has in the mean, not that one has a million. So the row is said as a range and
    the parts are ordered by it too: nothing but that index gives this order. The place in it says where to begin.
    """
    entity: Any = part
    whole = next(iter(of.foreign_keys)).column
    fixed = [(column, literal(value, column.type)) for column, value in (where or {}).items()]
    last = literal(id_of_cursor(after) or _BEFORE_ALL, entity.id.type)
    place = tuple_(of, *(column for column, _ in fixed), entity.id)
    behind = place > tuple_(whole, *(value for _, value in fixed), last)
    few = select(entity).where(of >= whole, of <= whole, *(column == value for column, value in fixed), behind)
    few = few.order_by(of, entity.id).limit(first + 1).correlate(whole.table)
    if session.get_bind().dialect.name == "sqlite":  # which has no LATERAL, but asks what follows IN for each row anew
        each_part: Any = aliased(entity)
        each = select(each_part).join(whole.table, each_part.id.in_(few.with_only_columns(entity.id)))
    else:
        lateral = few.lateral()
        each = select(lateral).select_from(whole.table).join(lateral, true())
    return aliased(part, each.where(whole.in_(ids), *shown).subquery())
