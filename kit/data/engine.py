"""Engine: how the hub talks to PostgreSQL and to SQLite, each with its time-outs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool


def made(url: str, pool_size: int, statement_timeout: float) -> Engine:
    """The engine of a database: connections in a pool, with time-outs, JSON by orjson, and no parameter in an error."""
    make: Callable[..., Engine] = _sqlite if url.startswith("sqlite") else _postgresql
    return make(url, pool_size, statement_timeout)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sqlite(url: str, pool_size: int, statement_timeout: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=statement_timeout,
        hide_parameters=True,  # an error must not carry what people have written
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={"timeout": statement_timeout, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # a writer takes the lock at once: upgrading a read transaction later could only fail
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str, pool_size: int, statement_timeout: float) -> Engine:
    milliseconds = int(statement_timeout * 1000)
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=statement_timeout,
        pool_pre_ping=True,
        hide_parameters=True,  # an error must not carry what people have written
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15000,
            "options": f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
            " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
        },
    )


def outside_pool(engine: Engine) -> Engine:
    """An engine for a connection that is kept for long (listening) and must not take a place in the pool."""
    return create_engine(engine.url, poolclass=NullPool, connect_args={"connect_timeout": 5})
