"""Depth: how many waiting messages a second notify takes in and tells, and how many of the same rows plain SQL writes.

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
from psycopg2.extras import Json, execute_values

from bench.sizes import size
from contracts.alliances.membership.memberships import MemberResumed, MemberSuspended
from contracts.base import Named
from kit.broker.publisher import AmqpPublisher
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.running.processes import RunningHub, wait_until

PEOPLE = 500
TOGETHER = 100  # messages that plain SQL writes in one transaction, as the service does by HUB_MESSAGE_BATCH
REPRESENTATIVES = """INSERT INTO tenures (grant_id, granted_at, person, role, scope_type, scope_id)
  SELECT gen_random_uuid(), '2026-01-01', 'p' || n, 'representative', 'organization',
  '0192f0c1-7a5b-7000-8000-' || lpad(n::text, 12, '0') FROM generate_series(1, %s) n"""
ORGANIZATION = (
    "0192f0c1-7a5b-7000-8000-{:012d}"  # every subscriber must be able to keep it, or the others wait for its failures
)
SPAN = """SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) - min(pg_xact_commit_timestamp(xmin))),
  count(*) FILTER (WHERE handler = 'notify.announce.v1'), count(*) FILTER (WHERE handler <> 'notify.announce.v1')
  FROM inbox WHERE state = 'done' AND message_id = ANY(%s::uuid[])"""
HANDLERS = ("notify.announce.v1", "notify.keep_membership.v1")

COLUMNS = {
    "inbox": "message_id, handler, received_at, type, source, subject_type, subject_id, version, time, actor,"
    " correlation_id, state, attempts",
    "announcements": "message_id, rule, time, subject_type, subject_id, facts, actor",
    "addressees": "message_id, rule, role, scope_type, scope_id, time",
    "notices": "id, message_id, rule, recipient, role, created_at, actor, version",
    "outbox": "id, type, subject_type, subject_id, subject_version, actor, correlation_id, time, data",
    "membership_steps": "membership_id, version, since, status, alliance_id, organization_id",
}


class Depth:
    """Notify with representatives of many organisations, in one alliance.

    `costs` are milliseconds of the service's processor a message, turn by turn.
    """

    def __init__(self, hub: RunningHub, broker_uri: str) -> None:
        self._hub, self._url = hub, hub.databases["notify"].replace("+psycopg2", "")
        self._publisher = AmqpPublisher(broker_uri, 30)
        self._alliance = Named(id=new_id(), zh="联盟", en="Alliance")
        self._memberships = [new_id() for _ in range(PEOPLE)]
        self._round, self.costs = 0, list[float]()
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.execute(REPRESENTATIVES, [PEOPLE])

    def told(self) -> float:
        """Messages a second that took effect in both handlers, from the first commit to the last."""
        messages = list(self._messages())
        with self._held():
            for start in range(0, len(messages), 500):
                self._publisher.publish(messages[start : start + 500])
        ids, before = [message.id for message in messages], self._processor()
        wait_until(lambda: self._committed(ids)[1] == len(ids), 300, "messages are left untold")
        self.costs.append((self._processor() - before) * 1000 / len(ids))
        return len(ids) / self._committed(ids)[0]

    @contextmanager
    def _held(self) -> Iterator[None]:
        """While inside, the service takes nothing."""
        os.kill(self._hub.pid("notify"), signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._hub.pid("notify"), signal.SIGCONT)

    def _processor(self) -> float:
        """Seconds of processor that the service has used."""
        times = psutil.Process(self._hub.pid("notify")).cpu_times()
        return times.user + times.system

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
            cursor.execute(SPAN, [ids])
            seconds, announced, kept = cursor.fetchone()
            return float(seconds or 0), min(announced, kept)

    def _messages(self) -> Iterator[Envelope]:
        for _ in range(size("depth_rounds")):
            self._round += 1
            kind = MemberSuspended if self._round % 2 else MemberResumed
            for number, id_ in enumerate(self._memberships, 1):
                organization = Named(id=ORGANIZATION.format(number), zh="单位", en="Organisation")
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


def _write(connection: Any, messages: list[Envelope]) -> None:
    """The rows that both handlers leave of these messages, in one transaction."""
    with connection.cursor() as cursor:
        for table, rows in _rows(messages).items():
            execute_values(cursor, f"INSERT INTO {table} VALUES %s", rows, page_size=len(rows))
    connection.commit()


def _rows(messages: list[Envelope]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by table and its columns."""
    found: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
    inbox, announcements, addressees, notices, outbox, steps = found.values()
    for one in messages:
        organization, now, notice = one.data["organization"]["id"], datetime.now(UTC), new_id()
        rule, subject = one.type.partition(".")[2], ("membership", one.subject_id)
        about = (now, one.type, one.source, *subject, one.version, one.time, one.actor, "bench", "done", 0)
        inbox += [(one.id, handler, *about) for handler in HANDLERS]
        announcements.append((one.id, rule, one.time, *subject, Json({"alliance": one.data["alliance"]}), one.actor))
        addressees.append((one.id, rule, "representative", "organization", organization, one.time))
        person = f"p{int(organization[-12:])}"
        notices.append((notice, one.id, rule, person, "representative", now, one.actor, 1))
        said = Json({"notice_id": notice, "recipient": person, "rule": rule})
        outbox.append((new_id(), "notify.notice_issued", "notice", notice, 1, one.actor, "bench", now, said))
        steps.append(
            (*subject[1:], one.version, one.time, one.data["status"], one.data["alliance"]["id"], organization)
        )
    return {
        f"{table} ({columns})": rows for (table, columns), rows in zip(COLUMNS.items(), found.values(), strict=True)
    }
