"""Compiled: statements that one hub of a test run has compiled are compiled for all, for each begins on an engine of its own.

SQLAlchemy keeps what it compiled by engine, and by the dialect object of that engine. The hubs of a run differ in where
their databases are and in nothing that a statement's text depends on, so the dialect's name is enough.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

MANY = 5000  # statements of all services on both databases; the kit's own bound is for one service

Key = tuple[Any, ...]


class ByDialectName(MutableMapping[Key, Any]):
    """What was compiled, whichever engine it was compiled for."""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Any] = LRUCache(MANY)

    def __getitem__(self, key: Key) -> Any:
        return self._kept[_named(key)]

    def __setitem__(self, key: Key, compiled: Any) -> None:
        self._kept[_named(key)] = compiled

    def __delitem__(self, key: Key) -> None:
        del self._kept[_named(key)]

    def __iter__(self) -> Any:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


COMPILED = ByDialectName()


def share_compiled(engine: Engine) -> None:
    """Let an engine use what others of its kind have compiled."""

    @event.listens_for(engine, "engine_connect")  # also where an engine with options of its own stands before it
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=COMPILED)


def _named(key: Key) -> Key:
    dialect, *rest = key
    return (dialect.name, *rest)
