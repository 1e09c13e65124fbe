"""Builders: what a test says to a service of an embedded hub, and what it looks at there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, delete, event, select

from contracts.base import Refusal
from hub.embedded import EmbeddedHub
from kit.calls.answers import Answer
from kit.data.db import Context, KitTable
from kit.messages.outbox import OutboxRow
from kit.viewer import Viewer
from kit.wire.request import Request


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """What a call was refused with."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.problems]


def call(
    hub: EmbeddedHub, service: str, method: str, person: str = "", /, *, key: str | None = None, **arguments: Any
) -> Any:
    """The answer that the gateway would get for this person (empty: a visitor); raises Refused."""
    request = Request(method, arguments, Context(Viewer(person)), idempotency_key=key)
    payload = hub.broker.call(service, request).result(timeout=30)
    assert payload is not None
    if payload["error"] is None:
        return payload["result"]
    assert payload["error"]["kind"] == "refusal", payload["error"]
    raise Refused(payload["error"]["problems"])


def said(hub: EmbeddedHub, service: str, *, since: int = 0) -> list[tuple[str, dict[str, Any]]]:
    """Type and data of every message that was recorded, oldest first, without the first `since`."""
    with hub.runtimes[service].database.transaction(writes=False) as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).offset(since))
        return [(row.type, row.data) for row in rows]


def contents(hub: EmbeddedHub, service: str) -> dict[str, Any]:
    """Every row that a command can write; what the relay does to the outbox, and kept answers, are left out."""
    own = hub.runtimes[service].service_class.tables.sorted_tables
    kept = [table for table in KitTable.metadata.sorted_tables if table.name not in {"outbox", "answers"}]
    with hub.runtimes[service].database.transaction(writes=False) as session:
        rows = {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in [*own, *kept]}
        return {**rows, "said": session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all()}


def forget_everything(hub: EmbeddedHub, service: str) -> None:
    """Empty all tables, so that the next test finds the service as new."""
    own = hub.runtimes[service].service_class.tables.sorted_tables
    with hub.runtimes[service].database.transaction() as session:
        for table in reversed([*KitTable.metadata.sorted_tables, *own]):
            session.execute(delete(table))


@contextmanager
def refuses(hub: EmbeddedHub, service: str, code: str, field: str | None = None, **params: Any) -> Iterator[None]:
    """What happens inside is refused for exactly this reason, changes nothing, and no message is recorded."""
    before, problems = contents(hub, service), None
    try:
        yield
    except Refused as refused:
        problems = refused.problems
    assert problems == [{"code": code, "field": field, "params": params}]
    for language in ("zh-CN", "en"):
        assert "{" not in Refusal.of(problems[0]).text(language)
    assert contents(hub, service) == before


@contextmanager
def statements(hub: EmbeddedHub, service: str) -> Iterator[list[str]]:
    """The SQL statements that calls send to the database inside; those of the pumps are left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if threading.current_thread().name.startswith(service):
            sent.append(statement)

    engine = hub.runtimes[service].database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def in_haste(engine: Engine) -> None:
    """Let SQLite not wait for the disk: only a loss of power could tell, and no test takes the power away."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


def answers_kept(hub: EmbeddedHub, service: str) -> int:
    """How many idempotency keys are remembered."""
    with hub.runtimes[service].database.transaction(writes=False) as session:
        return len(session.scalars(select(Answer.key)).all())


def eventually(holds: Callable[[], Any], seconds: float = 10) -> Any:
    """What `holds` gives once it is true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := holds()):
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.005)
    return value


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave, or the Refused that it raised, all begun at the same moment on threads of their own."""
    outcomes: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int, deed: Callable[[], Any]) -> None:
        gate.wait(10)
        try:
            outcomes[place] = deed()
        except Refused as refused:
            outcomes[place] = refused
        except AssertionError as error:
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
