"""Broadcast: how long one message takes that concerns very many people, in waves, beside the bare insert of what it writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psutil
from sqlalchemy import func, select, text

from bench.sizes import size
from bench.turns import OURS, Figure, as_fast, at_most, row, turns_wanted
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

FLOOR = "bare insert"
EMPTY = "TRUNCATE notices, deliveries, outbox"
KEPT = ("notices", "outbox")
"""What a telling writes; the floor writes the very same rows into the same tables."""
MEMBERS = """INSERT INTO membership_steps (membership_id, version, since, status, alliance_id, organization_id)
  SELECT gen_random_uuid(), 1, '2026-01-01', 'member', :alliance, 'o' || n FROM generate_series(:first, :last) n"""
REPRESENTATIVES = """INSERT INTO tenures (grant_id, granted_at, person, role, scope_type, scope_id)
  SELECT gen_random_uuid(), '2026-01-01', 'p' || n, 'representative', 'organization', 'o' || n
  FROM generate_series(:first, :last) n"""


def measure(database: PostgreSQL) -> list[dict[str, Any]]:
    """Processor time of a whole telling beside the bare insert of the rows, ours and then theirs each turn; its longest wave."""
    people = size("broadcast_people")
    url = database.database("broadcast")
    migrate("notify", url)
    settings = read_settings()
    settings = replace(settings, databases={**settings.databases, "notify": url})
    runtime = Runtime(NotifyService, settings, SystemClock(), _Nobody())
    alliance = _fill(runtime, people)
    turns = [_turn(runtime, alliance, database.pid) for _ in range(turns_wanted())]
    runtime.database.close()
    assert {turn["told"] for turn in turns} == {people}
    told = {name: Figure(tuple(turn[name] for turn in turns)) for name in turns[0]}
    what = f"{people:,} people told of one message"
    return [
        row(what, "s of processor", {OURS: told["cpu_s"], FLOOR: told["floor_cpu_s"]}, as_fast(0.5), peer=FLOOR),
        row(what, "s", {OURS: told["seconds"], FLOOR: told["floor_seconds"]}, peer=FLOOR),
        row(f"{what}: the longest transaction", "s", {OURS: told["longest_s"]}, at_most(0.5)),
        {"waves": told["waves"].median},
    ]


def _fill(runtime: Runtime, people: int) -> str:
    alliance = new_id()
    with runtime.database.transaction() as session:
        for first in range(1, people + 1, 10_000):
            part = {"alliance": alliance, "first": first, "last": min(first + 9_999, people)}
            session.execute(text(MEMBERS), part)
            session.execute(text(REPRESENTATIVES), part)
    _plainly(runtime, "ANALYZE")
    return alliance


def _turn(runtime: Runtime, alliance: str, server: int) -> dict[str, float]:
    """One telling, wave by wave; then the same rows again, each table in one INSERT of one transaction."""
    waves: list[float] = []
    ours = _spent(server, lambda: waves.extend(_waves(runtime, _published(alliance))))
    with runtime.database.transaction(writes=False) as session:
        told = session.scalar(text("SELECT count(*) FROM notices")) or 0
    _plainly(runtime, *(f"CREATE TABLE kept_{name} AS SELECT * FROM {name} ORDER BY id" for name in KEPT), EMPTY)
    again = [f"INSERT INTO {name} SELECT * FROM kept_{name}" for name in KEPT]
    floor = _spent(server, lambda: _plainly(runtime, *again))
    _plainly(runtime, EMPTY, *(f"DROP TABLE kept_{name}" for name in KEPT))
    figures = {"told": told, "waves": len(waves), "longest_s": max(waves)}
    return figures | ours | {f"floor_{name}": value for name, value in floor.items()}


def _spent(server: int, work: Callable[[], object]) -> dict[str, float]:
    """Seconds, and those of the processor: ours and of every process of PostgreSQL."""
    before = processor(server)
    seconds = _seconds(work)
    return {"seconds": seconds, "cpu_s": processor(server) - before}


def processor(server: int) -> float:
    process = psutil.Process(server)
    times = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    return time.process_time() + sum(each.user + each.system for each in times)


def _plainly(runtime: Runtime, *statements: str) -> None:
    with runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for statement in statements:
            connection.exec_driver_sql(statement)


def _waves(runtime: Runtime, message: Envelope) -> Iterator[float]:
    """The seconds of each transaction: that of the message, then those of the timers by which the telling goes on."""
    assert isinstance(runtime.service, NotifyService)
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
