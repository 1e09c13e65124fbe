"""Depth: how many waiting messages a second notify takes in and tells, beside the same rows written by plain SQL.

Each message is one that both announcing and the directory hear: a membership that was suspended or resumed, told to one
representative. The service is held (SIGSTOP) while they are put into its queues, and PostgreSQL itself says when each row
was committed (track_commit_timestamp).
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psutil
import psycopg2

from contracts.alliances.membership import MemberResumed, MemberSuspended
from contracts.base import Named
from kit.broker.publisher import AmqpPublisher
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.running.processes import RunningHub, wait_until

PEOPLE = 500
MESSAGES = 2_000  # a turn
TOGETHER = 50  # rows that plain SQL writes in one transaction, as the service does by HUB_MESSAGE_BATCH
REPRESENTATIVES = """INSERT INTO tenures (grant_id, granted_at, person, role, scope_type, scope_id)
  SELECT gen_random_uuid(), '2026-01-01', 'p' || n, 'representative', 'organization', 'o' || n FROM generate_series(1, %s) n"""
SPAN = """SELECT extract(epoch FROM max(at) - min(at)), count(*) FROM (
  SELECT pg_xact_commit_timestamp(xmin) AS at FROM {table} WHERE {column} = ANY(%s::uuid[])) x"""


class Depth:
    """Notify with representatives of many organisations, in one alliance."""

    def __init__(self, hub: RunningHub, broker_uri: str) -> None:
        self._hub, self._url = hub, hub.databases["notify"].replace("+psycopg2", "")
        self._publisher = AmqpPublisher(broker_uri, 30)
        self._alliance = Named(id=new_id(), zh="联盟", en="Alliance")
        self._memberships = [new_id() for _ in range(PEOPLE)]
        self._round = 0
        self.cpu = 0.0
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.execute(REPRESENTATIVES, [PEOPLE])

    def told(self) -> float:
        """Messages a second that had both handlers' effect committed, from the first such commit to the last."""
        messages = list(self._messages())
        process = psutil.Process(self._hub.pid("notify"))
        os.kill(process.pid, signal.SIGSTOP)
        try:
            for start in range(0, len(messages), 500):
                self._publisher.publish(messages[start : start + 500])
        finally:
            os.kill(process.pid, signal.SIGCONT)
        ids, before = [message.id for message in messages], process.cpu_times()
        wait_until(lambda: self._committed(ids)[1] == len(ids), 300, "messages are left untold")
        after = process.cpu_times()
        self.cpu = (after.user + after.system - before.user - before.system) / len(ids)
        return len(ids) / self._committed(ids)[0]

    def plain(self) -> float:
        """Messages a second of which one client with psycopg2 writes all rows, so many in each transaction."""
        messages = list(self._messages())
        with self._connected() as connection:
            began = time.perf_counter()
            for start in range(0, len(messages), TOGETHER):
                _write(connection, messages[start : start + TOGETHER])
            return len(messages) / (time.perf_counter() - began)

    def _committed(self, ids: list[str]) -> tuple[float, int]:
        """Seconds from the first to the last commit of notices and of inbox rows, and how many messages have both."""
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) - min(pg_xact_commit_timestamp(xmin))),"
                " count(*) FILTER (WHERE handler = 'notify.announce.v1'), count(*) FILTER (WHERE handler <> 'notify.announce.v1')"
                " FROM inbox WHERE state = 'done' AND message_id = ANY(%s::uuid[])",
                [ids],
            )
            seconds, announced, kept = cursor.fetchone()
            return float(seconds or 0), min(announced, kept)

    def _messages(self) -> Iterator[Envelope]:
        for _ in range(MESSAGES // PEOPLE):
            self._round += 1
            kind = MemberSuspended if self._round % 2 else MemberResumed
            for number, id_ in enumerate(self._memberships, 1):
                organization = Named(id=f"o{number}", zh="单位", en="Organisation")
                status = "suspended" if self._round % 2 else "member"
                said = kind(
                    membership_id=id_,
                    alliance=self._alliance,
                    organization=organization,
                    region="341000",
                    status=status,
                    reason="",
                )
                yield _envelope(said, id_, self._round)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        connection = psycopg2.connect(self._url)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _envelope(said: Any, subject_id: str, version: int) -> Envelope:
    return Envelope(
        id=new_id(),
        type=said.type,
        source="/alliances",
        subject_type="membership",
        subject_id=subject_id,
        version=version,
        time=datetime.now(UTC),
        actor=f"office-{version}",
        correlation_id="bench",
        data=said.data(),
    )
