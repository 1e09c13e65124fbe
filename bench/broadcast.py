"""Broadcast: how long one message takes that concerns very many people, wave by wave, to a notice for each of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, text

from contracts.base import Named
from contracts.events.editions.competitions import CompetitionPublished
from hub.settings import read_settings
from kit.clock import SystemClock
from kit.ids import new_id
from kit.process.migrate import migrate
from kit.process.runtime import Runtime
from kit.wire.envelope import Envelope
from kit.work.timers import DueRow, Schedule
from services.notify.notices.model import NEXT_WAVE
from services.notify.service import NotifyService
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PEOPLE = (1_000, 10_000, 50_000, 200_000)
MEMBERS = """INSERT INTO membership_steps (membership_id, version, since, status, alliance_id, organization_id)
  SELECT gen_random_uuid(), 1, '2026-01-01', 'member', :alliance, 'o' || n FROM generate_series(:first, :last) n"""
REPRESENTATIVES = """INSERT INTO tenures (grant_id, granted_at, person, role, scope_type, scope_id)
  SELECT gen_random_uuid(), '2026-01-01', 'p' || n, 'representative', 'organization', 'o' || n
  FROM generate_series(:first, :last) n"""


def measure(_: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """For each number of people: seconds in all and of the longest wave, notices a second, and whether it came to an end."""
    return [_measure(database, people) for people in PEOPLE]


def _measure(database: PostgreSQL, people: int) -> dict[str, Any]:
    url = database.database(f"broadcast_{people}")
    migrate("notify", url)
    settings = read_settings()
    settings = replace(settings, databases={**settings.databases, "notify": url})
    runtime = Runtime(NotifyService, settings, SystemClock(), _Nobody())
    alliance = new_id()
    with runtime.database.transaction() as session:
        for first in range(1, people + 1, 10_000):
            part = {"alliance": alliance, "first": first, "last": min(first + 9_999, people)}
            session.execute(text(MEMBERS), part)
            session.execute(text(REPRESENTATIVES), part)
    began, cpu = time.perf_counter(), time.process_time()
    waves = list(_waves(runtime, _published(alliance)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    with runtime.database.transaction(writes=False) as session:
        told = session.scalar(text("SELECT count(*) FROM notices")) or 0
    runtime.database.close()
    pace = {"longest_s": max(waves), "cpu_s": cpu, "notices_per_s": told / seconds}
    return {"people": people, "told": told, "waves": len(waves), "seconds": seconds, **pace}


def _waves(runtime: Runtime, message: Envelope) -> Iterator[float]:
    """The seconds of each transaction: that of the message, then those of the timers by which the telling goes on."""
    schedule = Schedule(runtime.database, {NEXT_WAVE: runtime.service.tell_wave}, runtime.settings.retry)
    yield _seconds(lambda: runtime.receive("notify.announce.v1", [message]))
    while _left(runtime):
        yield _seconds(schedule.work)


def _left(runtime: Runtime) -> int:
    with runtime.database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).select_from(DueRow)) or 0


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _published(alliance: str) -> Envelope:
    now = datetime.now(UTC)
    competition = Named(id=new_id(), zh="大赛", en="Contest")
    message = CompetitionPublished(
        competition=competition, edition=14, alliance_id=alliance, opens_at=now, closes_at=now
    )
    return Envelope(
        id=new_id(),
        type=message.type,
        source="/events",
        subject_type="edition",
        subject_id=competition.id,
        version=1,
        time=now,
        actor="office",
        correlation_id="bench",
        data=message.data(),
    )


class _Nobody:
    system = "none"

    def publish(self, _: object) -> None: ...

    def close(self) -> None: ...
