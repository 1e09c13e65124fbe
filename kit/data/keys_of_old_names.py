"""Keys of old names: a migration gives the names that there are their keys, whether or not several are the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from contracts.names import name_key
from kit.data.db import only_where
from kit.data.name_keys import KEY

BEHIND = "\n"
"""What stands in no key: behind it follows the id of a row that bears the name of an earlier one."""


def add_keys(table: str, key: str, name: str, within: tuple[str, ...] = (), *, where: str = "") -> None:
    """Add the column `key` of the names in the column `name`, and let one row only of each stand, of those with `where`.

    Of rows that bear one name already, the one entered first has the key; each other has its id behind it, until it is
    renamed or merged, and is found by that.
    """
    op.add_column(table, sa.Column(key, KEY, nullable=True))
    found = [{"id": id_, "key": given} for id_, given in _keys(table, name, within, where)]
    if found:
        op.get_bind().execute(sa.text(f"UPDATE {table} SET {key} = :key WHERE id = :id"), found)
    limits = only_where(where) if where else {}
    op.create_index(f"uq_{table}_{key}", table, [*within, key], unique=True, **limits)


def _keys(table: str, name: str, within: tuple[str, ...], where: str) -> Iterator[tuple[Any, str]]:
    stands = f"CASE WHEN {where or '1 = 1'} THEN 1 ELSE 0 END AS stands"
    rows = sa.text(f"SELECT {', '.join(('id', name, *within))}, {stands} FROM {table} ORDER BY id")
    seen: set[tuple[str, ...]] = set()
    for row in op.get_bind().execute(rows):
        given = name_key(getattr(row, name))
        bounds = (*(str(getattr(row, column)) for column in within), given)
        yield row.id, f"{given}{BEHIND}{row.id}" if row.stands and bounds in seen else given
        if row.stands:
            seen.add(bounds)
