"""Telling: lets the other processes of a service know which of their pumps have something to do, by PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from kit.data.wakeups import CHANNEL
from kit.telemetry.logs import log

TELL = text("SELECT pg_notify(:channel, pump) FROM unnest(CAST(:pumps AS text[])) AS pump")


def tell(engine: Engine, pumps: Collection[str]) -> None:
    """By a transaction of its own: PostgreSQL lets one that notifies commit at a time, and nobody waits behind this one.

    What there is to do is committed, and so no fault of telling is anybody's.
    """
    try:
        with engine.connect() as connection:
            connection.execute(TELL, {"channel": CHANNEL, "pumps": sorted(pumps)})
    except SQLAlchemyError as error:
        log(__name__).warning("other processes could not be told what there is to do", error=type(error).__name__)


def tell_nobody(pumps: Collection[str]) -> None:
    """A file has no other process that serves it."""
