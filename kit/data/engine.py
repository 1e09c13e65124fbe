"""Engine: how the hub talks to PostgreSQL and to SQLite, each with its time-outs."""

from __future__ import annotations

import time
from typing import Any

import orjson
from psycopg2 import Error, extensions
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import NullPool

ALONE, WRITES = "alone", "writes"
"""Execution options: each statement is a transaction by itself; all of them together are one that writes."""


def made(url: str, pool_size: int, statement_timeout: float, ping_after: float) -> Engine:
    """The engine of a database: connections in a pool, with time-outs, JSON by orjson, and no parameter in an error.

    A connection that nobody has used for `ping_after` seconds is asked for an answer before it is used again.
    """
    if url.startswith("sqlite"):
        return _sqlite(url, pool_size, statement_timeout)
    engine = _postgresql(url, pool_size, statement_timeout)
    _take_only_what_lives(engine, ping_after)
    return engine


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
        options = connection.get_execution_options()
        if ALONE not in options:
            # a writer takes the lock at once: upgrading a read transaction later could only fail
            connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITES in options else "BEGIN")

    return engine


def _postgresql(url: str, pool_size: int, statement_timeout: float) -> Engine:
    milliseconds = int(statement_timeout * 1000)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_use_lifo=True,  # few connections are warm rather than many cold: each is a process of the server
        pool_timeout=statement_timeout,
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

    @event.listens_for(engine, "connect")
    def read_ids_as_text(driver: Any, _: Any) -> None:
        extensions.register_type(_ID, driver)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if ALONE in connection.get_execution_options():
            _driver(connection).autocommit = True  # neither BEGIN nor ROLLBACK goes to the server

    @event.listens_for(engine, "checkin")
    def end(driver: Any, _: Any) -> None:
        if driver is not None:
            driver.autocommit = False

    return engine


_ID = extensions.new_type((2950,), "ID", extensions.UNICODE)
"""An id as the 36 characters that all code here knows it as: what no uuid.UUID is made of and again text."""


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _take_only_what_lives(engine: Engine, ping_after: float) -> None:
    """Throw a connection away that the server has closed while it lay in the pool.

    A server that ends a connection says so, which is read here without asking it anything; what it has said may be
    harmless, and one that has gone without a word (a cut line) says nothing: both are found out by a question.
    """

    @event.listens_for(engine, "checkin")
    def note(_: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(driver: Any, record: Any, _: Any) -> None:
        used_at = record.info.get("used_at")
        if used_at is None:  # it is new
            return
        try:
            driver.poll()
            if driver.notices or time.monotonic() - used_at >= ping_after:
                driver.notices.clear()
                engine.dialect.do_ping(driver)
        except Error as error:
            raise InvalidatePoolError from error


def outside_pool(engine: Engine) -> Engine:
    """An engine for a connection that is kept for long (listening) and must not take a place in the pool."""
    return create_engine(engine.url, poolclass=NullPool, connect_args={"connect_timeout": 5})
