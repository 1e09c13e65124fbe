"""First of each: the first rows of several lists in one statement, each list read by its index and no further than asked."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from kit.data.db import Session

Part = TypeVar("Part")


def first_of_each(
    session: Session,
    part: type[Part],
    of: InstrumentedAttribute[str],
    ids: list[str],
    *which: ColumnElement[bool],
    first: int,
) -> type[Part]:
    """For each of the rows with these `ids`, to which `of` refers, the first so many of its parts by id, and one more.

    That one tells whether others follow. To number the parts and throw most of the numbers away would read them all.
    """
    entity: Any = part
    whole = next(iter(of.foreign_keys)).column
    few = select(entity).where(of == whole, *which).order_by(entity.id).limit(first + 1).correlate(whole.table)
    if session.get_bind().dialect.name == "sqlite":  # which has no LATERAL, but asks what follows IN for each row anew
        shown: Any = aliased(entity)
        each = select(shown).join(whole.table, shown.id.in_(few.with_only_columns(entity.id)))
    else:
        lateral = few.lateral()
        each = select(lateral).select_from(whole.table).join(lateral, true())
    return aliased(part, each.where(whole.in_(ids)).subquery())
