"""Ledger: looks into the databases of a hub that has come to rest, and counts what was lost or done twice.

The counts are those of Jepsen's total-queue checker: attempted, acknowledged, ok, lost, unexpected, duplicated, recovered.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from hub.services import all_services
from kit.broker.topology import handler_queue
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES
from tests.running.processes import RunningHub, wait_until


@dataclass(frozen=True)
class Counts:
    """What became of a number of things that were asked for."""

    attempted: int
    acknowledged: int
    ok: int
    lost: int
    unexpected: int
    duplicated: int
    recovered: int


def count(attempted: set[str], acknowledged: set[str], found: list[str]) -> Counts:
    """Compare what was asked for and what was answered with what is there."""
    there = Counter(found)
    return Counts(
        attempted=len(attempted),
        acknowledged=len(acknowledged),
        ok=len(attempted & there.keys()),
        lost=len(acknowledged - there.keys()),
        unexpected=len(there.keys() - attempted),
        duplicated=sum(1 for number in there.values() if number > 1),
        recovered=len((attempted & there.keys()) - acknowledged),
    )


def rows(hub: RunningHub, service: str, query: str) -> list[Any]:
    engine = create_engine(hub.databases[service], poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.execute(text(query)))


def wait_until_settled(hub: RunningHub, seconds: float = 60) -> None:
    """Until nothing is unsent and nothing waits to be handled, and every message has reached every subscriber."""
    wait_until(lambda: not any(_open(hub, name) for name in SERVICES), seconds, "messages are left unsent or unhandled")
    wait_until(lambda: not missing_effects(hub), seconds, "messages have not reached every subscriber")


def _open(hub: RunningHub, service: str) -> int:
    unsent = rows(hub, service, "SELECT count(*) FROM outbox WHERE sent_at IS NULL")[0][0]
    unhandled = rows(hub, service, "SELECT count(*) FROM inbox WHERE state <> 'done'")[0][0]
    return int(unsent + unhandled)


def missing_effects(hub: RunningHub) -> list[tuple[str, str]]:
    """(handler, message id) for every message that a subscriber has not handled."""
    sent = [(str(id_), type_) for name in SERVICES for id_, type_ in rows(hub, name, "SELECT id, type FROM outbox")]
    missing = []
    for service in all_services():
        done = {
            (handler, str(message_id).replace("-", ""))
            for handler, message_id in rows(hub, service.name, "SELECT handler, message_id FROM inbox")
        }
        for name, handler in entrypoints(service, OnMessage):
            queue = handler_queue(service.name, name, handler.version)
            wanted = {(queue, id_.replace("-", "")) for id_, type_ in sent if type_ in handler.types}
            missing += sorted(wanted - done)
    return missing
