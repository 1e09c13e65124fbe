"""Gathered: the values of many rows as one list in one column, so that what belongs to a row comes with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from kit.data.db import Json


class gathered(FunctionElement[list[Any]]):  # noqa: N801 - it is written as a function
    """`select(gathered(Name.name)).where(…).scalar_subquery()`: a list in no particular order, None where there is no row."""

    type = Json()
    inherit_cache = True


@compiles(gathered)
def _by_postgresql(element: gathered, compiler: SQLCompiler, **how: Any) -> str:
    return f"jsonb_agg({compiler.process(element.clauses, **how)})"


@compiles(gathered, "sqlite")
def _by_sqlite(element: gathered, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **how)})"
