"""Gauges: what waits and what was parked in a service's database, and how its pool is used.

Every replica of a service reports the same database, so the figures of one are those of all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from kit.clock import age
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database, Session
from kit.messages.inbox import InboxRow, oldest_unhandled
from kit.messages.outbox import OutboxRow, oldest_unsent
from kit.work.due import Due, State

LOOK = "gauges"
STALE = 15.0  # seconds
MOST = 100_000  # rows that are counted; beyond that the number says nothing more


class Gauges(Collector):
    """A pump looks every few seconds; who scrapes is given what was seen, and waits for no database.

    `hub_database_up` is 0 where looking failed, or has not come to an end for STALE seconds.
    """

    def __init__(self, database: Database, kinds: list[type[Due]]) -> None:
        self._database = database
        self._kinds = kinds
        self._seen: list[GaugeMetricFamily] = []
        self._seen_at = -math.inf

    def look(self) -> None:
        """The pump's work: see what stands in the database now."""
        try:
            with self._database.transaction(writes=False) as session:
                self._seen = [*_outbox(session), *_inbox(session), *_due(session, self._kinds), _parked(session)]
        except (SQLAlchemyError, DatabaseBusy):
            self._seen_at = -math.inf
            raise
        self._seen_at = time.monotonic()

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing has been seen when this is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("hub_database_up", "1 where the database answers", value=int(self.fresh()))
        writable = int(not self._database.refuses)
        yield GaugeMetricFamily("hub_database_writable", "0 where the database has refused a write", value=writable)
        yield from self._pool()
        if self.fresh():
            yield from self._seen

    def fresh(self) -> bool:
        """Whether the last look succeeded and is not long ago."""
        return time.monotonic() - self._seen_at < STALE

    def _pool(self) -> Iterator[GaugeMetricFamily]:
        pool = self._database.engine.pool
        if not isinstance(pool, QueuePool):
            return
        used = GaugeMetricFamily("db_client_connection_count", "Connections of the pool", labels=["state"])
        used.add_metric(["used"], pool.checkedout())
        used.add_metric(["idle"], pool.checkedin())
        yield used
        yield GaugeMetricFamily("db_client_connection_max", "Connections that the pool may have", value=pool.size())


def _outbox(session: Session) -> Iterator[GaugeMetricFamily]:
    number = session.scalar(_number(OutboxRow.id, OutboxRow.sent_at.is_(None))) or 0
    yield GaugeMetricFamily("hub_outbox_unsent", "Messages that have not left yet", value=number)
    oldest = age(oldest_unsent(session), session.now) or 0
    yield GaugeMetricFamily("hub_outbox_oldest_seconds", "Age of the oldest of them", value=oldest)


def _inbox(session: Session) -> Iterator[GaugeMetricFamily]:
    number = session.scalar(_number(InboxRow.message_id, InboxRow.state == State.WAITING)) or 0
    yield GaugeMetricFamily("hub_inbox_waiting", "Messages that are to be tried again", value=number)
    oldest = age(oldest_unhandled(session), session.now) or 0
    yield GaugeMetricFamily("hub_inbox_oldest_seconds", "Since the oldest of them came in", value=oldest)


def _due(session: Session, kinds: list[type[Due]]) -> Iterator[GaugeMetricFamily]:
    overdue = GaugeMetricFamily("hub_overdue_seconds", "How long the oldest waiting row has been due", labels=["kind"])
    parked = GaugeMetricFamily("hub_parked", "Rows that were given up on", labels=["kind"])
    for kind in kinds:
        waiting = (kind.state == State.WAITING, kind.due_at.is_not(None))
        due_at = session.scalar(select(func.min(kind.due_at)).where(*waiting))
        overdue.add_metric([kind.kind], age(due_at, session.now) or 0)
        parked.add_metric([kind.kind], session.scalar(_number(kind.state, kind.state == State.PARKED)) or 0)
    yield from (overdue, parked)


def _parked(session: Session) -> GaugeMetricFamily:
    """A service knows few types, so there are few rows of this however many were parked."""
    shown = GaugeMetricFamily("hub_parked_messages", "Messages that a handler gave up on, by type", labels=["type"])
    parked = select(InboxRow.type).where(InboxRow.state == State.PARKED).limit(MOST).subquery()
    for type_, number in session.execute(select(parked.c.type, func.count()).group_by(parked.c.type)):
        shown.add_metric([type_], number)
    return shown


def _number(column: Any, condition: Any) -> Select[int]:
    """How many rows, looking at no more than MOST."""
    return select(func.count()).select_from(select(column).where(condition).limit(MOST).subquery())
