"""Places: where the small services run, one for each bus, with the same handles for the tests."""

from __future__ import annotations

import json
import os
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Executable, create_engine, select, text
from structlog.testing import LogCapture

from gateway.amqp_wire import LIVE_STREAM, AmqpWire
from gateway.rpc import Rpc, Wire
from hub.embedded import EmbeddedWire
from hub.topology import declare_all, queues_of
from kit.broker.amqp import MESSAGE_EXCHANGE
from kit.broker.publisher import AmqpPublisher
from kit.broker.topology import replies, rpc_queue, stream
from kit.clock import MovableClock
from kit.data.db import KitTable
from kit.ids import new_id
from kit.messages import inbox, outbox
from kit.process.runtime import Runtime
from kit.settings import read_settings
from kit.wire.envelope import Envelope
from kit.work import job_rows, timers  # noqa: F401 - their tables are made
from kit.work.due import State
from tests.databases.ground import MigratedHub, in_haste
from tests.kit.contract.raw import raw_channel
from tests.kit.contract.small_services import SERVICES
from tests.kit.contract.waiting import soon, until
from tests.running.forking import Forked, fork_server
from tests.running.keys import CallKeys
from tests.servers.chaos import ChaosProxy
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

LOADED = ("kit.process.green", "kit.process.run", "tests.kit.contract.small_services")
ATTEMPTS = 6
KEYS_EACH = 25
WAITING_BYTES = 1024 * 1024
MESSAGE_BYTES = 65536
PATIENCE = 60.0  # seconds that a caller waits where the test is not about time
WORKERS = 4
REPLY_QUEUES = 4
LIVE = ["notes.note_written"]
ENVIRON = {
    "HUB_HEALTH_PORT": "0",
    "HUB_WORKERS": str(WORKERS),
    "HUB_ANSWERS_EACH": str(KEYS_EACH),
    "HUB_CALLS_WAITING_BYTES": str(WAITING_BYTES),
    "HUB_MESSAGE_BYTES": str(MESSAGE_BYTES),
    "HUB_STATEMENT_TIMEOUT": "2",
    "HUB_PUBLISH_TIMEOUT": "10",
    "HUB_RELAY_LEASE": "1",
    "HUB_JOB_LEASE": "5",
    "HUB_JOB_WAIT": "20",
    "HUB_RETRY_FIRST": "0.05",
    "HUB_RETRY_FACTOR": "2",
    "HUB_RETRY_LONGEST": "0.5",
    "HUB_RETRY_ATTEMPTS": str(ATTEMPTS),
}

Overhearing = tuple[Iterable[str], Callable[[Envelope], None]]


class Place(ABC):
    """`notes` and `shelf`, running. `databases` are their SQLAlchemy URLs."""

    def __init__(self, folder: Path, databases: dict[str, str]) -> None:
        self.folder = folder
        self.databases = databases
        self._engines = {name: create_engine(databases[name]) for name in SERVICES}
        for name, service in SERVICES.items():
            KitTable.metadata.create_all(self._engines[name])
            service.tables.create_all(self._engines[name])

    @abstractmethod
    def start(self) -> None:
        """Bring both services up, on what they left in their databases; does nothing where they run."""

    @abstractmethod
    def stop(self) -> None:
        """Ask them to end, and return when they have."""

    @abstractmethod
    def crash(self) -> None:
        """End them as roughly as the place allows."""

    @abstractmethod
    def replicate(self, name: str) -> None:
        """Let a second instance of a service run beside the first, until the place is stopped."""

    @abstractmethod
    async def gathered(self, rpc: Rpc, number: int) -> None:
        """Wait until so many calls of `write_together` wait for the one that is carried out."""

    @abstractmethod
    def wire(self, overhear: Overhearing | None = None) -> AbstractAsyncContextManager[Wire]:
        """The gateway's wire to this place, maybe listening from its first moment."""

    @abstractmethod
    def publish(self, *envelopes: Envelope) -> None:
        """Hand messages to the broker as a relay does."""

    @abstractmethod
    def move_clock(self, by: timedelta) -> None:
        """Let the services believe that it is later."""

    @abstractmethod
    def now(self) -> datetime:
        """The services' time."""

    @abstractmethod
    def log(self) -> list[dict[str, Any]]:
        """What the services have logged: dicts with at least `event`."""

    def remove(self) -> None:
        """End for good."""
        self.stop()
        for engine in self._engines.values():
            engine.dispose()

    @property
    @abstractmethod
    def stopping(self) -> bool:
        """Whether `notes` has begun to stop."""

    def logged(self, event: str, **facts: Any) -> list[dict[str, Any]]:
        """The log lines that say this."""
        return [line for line in self.log() if line["event"] == event and facts.items() <= line.items()]

    def rows(self, service: str, statement: Executable) -> list[Any]:
        """What is in a service's database."""
        with self._engines[service].connect() as connection:
            return list(connection.execute(statement))

    def change(self, service: str, statement: Executable) -> None:
        """Change something in a service's database behind its back."""
        with self._engines[service].begin() as connection:
            connection.execute(statement)

    @contextmanager
    def database_held(self, service: str, table: str) -> Iterator[None]:
        """While inside, the service can write nothing into this table (SQLite: into none)."""
        engine = self._engines[service]
        sqlite = engine.dialect.name == "sqlite"
        hold = "BEGIN IMMEDIATE" if sqlite else f"LOCK TABLE {table} IN SHARE MODE"
        with engine.connect() as connection:
            connection.execute(text(hold))
            yield
            connection.rollback()

    def settle(self) -> None:
        """Wait until every message has taken effect or is parked, and the broker holds none."""
        until(lambda: not self._under_way(), "messages are still under way")

    def _under_way(self) -> bool:
        """Asked in the order in which a message goes: what has just left one place is found in the next."""
        unsent, waiting = outbox.OutboxRow.sent_at.is_(None), inbox.InboxRow.state == State.WAITING
        return (
            any(self.rows(name, select(outbox.OutboxRow.id).where(unsent).limit(1)) for name in SERVICES)
            or self._in_the_broker()
            or any(self.rows(name, select(inbox.InboxRow.handler).where(waiting).limit(1)) for name in SERVICES)
        )

    @abstractmethod
    def _in_the_broker(self) -> bool:
        """Whether the broker still holds messages, delivered or not."""


class EmbeddedPlace(Place):
    """Both services on the embedded broker of this process, on SQLite."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, {name: f"sqlite:///{folder}/{name}.sqlite3" for name in SERVICES})
        self._clock = MovableClock()
        self._log = LogCapture()
        self._replicas: list[Runtime] = []
        self._hub: MigratedHub | None = None
        structlog.configure(processors=[structlog.contextvars.merge_contextvars, self._log])

    def start(self) -> None:
        if self._hub is not None:
            return
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**ENVIRON, "HUB_HOME": str(self.folder)}.items():
                patch.setenv(name, value)
            self._settings = replace(read_settings(), databases=self.databases)
            self._hub = MigratedHub(SERVICES.values(), self._settings, self._clock)
            for runtime in self._hub.runtimes.values():
                in_haste(runtime.database.engine)
            self._hub.start()

    def stop(self) -> None:
        if self._hub is not None:
            self._hub.stop()
        while self._replicas:
            self._replicas.pop().stop()
        self._hub = None

    @property
    def stopping(self) -> bool:
        return self._hub is None or self._hub.runtimes["notes"].stopping.is_set()

    def crash(self) -> None:
        self.stop()

    def replicate(self, name: str) -> None:
        self._replicas.append(Runtime(SERVICES[name], self._settings, self._clock, self._hub.broker))
        self._replicas[-1].start()

    async def gathered(self, rpc: Rpc, number: int) -> None:
        gathering = self._hub.runtimes["notes"].gatherings["write_together"]
        await soon(lambda: len(gathering._waiting) == number, "they do not gather")

    @asynccontextmanager
    async def wire(self, overhear: Overhearing | None = None) -> AsyncIterator[Wire]:
        wire = EmbeddedWire(self._hub.broker)
        if overhear:
            wire.overhear(*overhear)
        yield wire

    def publish(self, *envelopes: Envelope) -> None:
        self._hub.broker.publish(envelopes)

    def move_clock(self, by: timedelta) -> None:
        self._clock.advance(by)

    def now(self) -> datetime:
        return self._clock.now()

    def log(self) -> list[dict[str, Any]]:
        return list(self._log.entries)

    def _in_the_broker(self) -> bool:
        return False  # a publish returns when every handler has taken the message in

    def remove(self) -> None:
        super().remove()
        structlog.reset_defaults()


class AmqpPlace(Place):
    """A process for each service on RabbitMQ and PostgreSQL."""

    def __init__(self, folder: Path, broker: RabbitMQ, vhost: str, databases: dict[str, str]) -> None:
        super().__init__(folder, databases)
        self.broker, self.vhost = broker, vhost
        self.uri = broker.vhost(vhost)
        self.keys = CallKeys(folder)
        declare_all(
            self.uri,
            [
                *(queue for service in SERVICES.values() for queue in queues_of(service)),
                *replies(REPLY_QUEUES),
                stream(LIVE_STREAM, MESSAGE_EXCHANGE, LIVE),
            ],
        )
        self._reach: Callable[[str], str] = str  # how the services come to the broker
        self._clock_file = folder / "clock"
        self._clock_file.write_text("0")
        self._processes: list[Forked] = []

    def start(self) -> None:
        if not self._processes:
            self.begin()
        self._wait_for(1)

    def begin(self) -> None:
        """Start both processes without waiting for them."""
        for name in SERVICES:
            self._processes.append(self._run("tests.kit.contract.process", name, self.databases[name], log=name))

    def start_other(self, module: str, name: str) -> Forked:
        """Another module that serves as `name`, in place of the one that was stopped; it is the caller's to end."""
        process = self._run(module, self.databases[name], log=name)
        self._wait_for(1, name)
        return process

    def _run(self, module: str, *arguments: str, log: str) -> Forked:
        environ = {
            **ENVIRON,
            "PATH": os.environ["PATH"],
            "HUB_AMQP_URI": self._reach(self.uri),
            "HUB_CLOCK_FILE": str(self._clock_file),
            "HUB_CALL_KEYS": str(self.keys.keys),
        }
        out = self.folder / f"{log}.log"
        return fork_server(*LOADED).start(module, *arguments, environ=environ, out=out, err=out)

    def _wait_for(self, consumers: int, *names: str) -> None:
        """The queue of calls is the last one that a service takes to."""
        with raw_channel(self.uri) as channel:
            for name in names or SERVICES:
                until(
                    lambda name=name: self._alive() and _consumers(channel, name) >= consumers, f"{name} does not serve"
                )

    def _alive(self) -> bool:
        assert all(process.poll() is None for process in self._processes), self.log()[-3:]
        return True

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    @property
    def stopping(self) -> bool:
        served = [line["event"] for line in self.log() if line.get("service") == "notes"]
        return served[-1:] == ["stopping"]

    def crash(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        for process in self._processes:
            process.send_signal(number)
        while self._processes:
            self._processes.pop().wait(60)
        with raw_channel(self.uri) as channel:
            until(lambda: not any(_consumers(channel, name) for name in SERVICES), "the broker has not noticed")

    @contextmanager
    def behind(self, network: ChaosProxy) -> Iterator[None]:
        """While inside, both services reach the broker through this network; they end with it."""
        self.stop()
        self._reach = network.through
        try:
            self.start()
            yield
            self.stop()
        finally:
            self._reach = str

    def replicate(self, name: str) -> None:
        self._processes.append(self._run("tests.kit.contract.process", name, self.databases[name], log=name))
        self._wait_for(2, name)

    async def gathered(self, rpc: Rpc, number: int) -> None:
        await rpc.query("notes", "whoami")  # it comes after them, on the same queue

    @asynccontextmanager
    async def wire(self, overhear: Overhearing | None = None) -> AsyncIterator[Wire]:
        wire = AmqpWire(self.uri, self.keys.signer, reply_queues=REPLY_QUEUES)
        if overhear:
            wire.overhear(*overhear)
        await wire.start()
        await soon(wire.connected, "the wire does not connect")
        yield wire
        await wire.close()

    def publish(self, *envelopes: Envelope) -> None:
        publisher = AmqpPublisher(self.uri, 5)
        publisher.publish(envelopes)
        publisher.close()

    def move_clock(self, by: timedelta) -> None:
        moved = float(self._clock_file.read_text()) + by.total_seconds()
        replacement = self._clock_file.with_suffix(".new")
        replacement.write_text(str(moved))
        replacement.replace(self._clock_file)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._clock_file.read_text()))

    def log(self) -> list[dict[str, Any]]:
        return [_line(text) for name in SERVICES for text in (self.folder / f"{name}.log").read_text().splitlines()]

    def _in_the_broker(self) -> bool:
        held = self.broker.held(self.vhost)
        others = ("gateway.", "amq.")  # what gateways, and the tests themselves, have not read yet
        return any(held[queue] for queue in held if not queue.endswith(".dead") and not queue.startswith(others))

    def queues(self, figure: str) -> dict[str, Any]:
        """What `rabbitmqctl list_queues` knows of each queue of the services."""
        rows = json.loads(self.broker.ctl("list_queues", "-p", self.vhost, "name", figure, "--formatter", "json"))
        return {row["name"]: row[figure] for row in rows if not row["name"].startswith("amq.")}

    def remove(self) -> None:
        super().remove()
        self.broker.delete_vhost(self.vhost)


def _consumers(channel: Any, name: str) -> int:
    """How many processes of a service take its calls."""
    consumers: int = channel.queue_declare(rpc_queue(name), passive=True).consumer_count
    return consumers


def _line(printed: str) -> dict[str, Any]:
    """A line of a process's output: JSON, or something that it printed while it was dying."""
    try:
        return dict(json.loads(printed))
    except ValueError:
        return {"event": printed}


def new_amqp_place(folder: Path, broker: RabbitMQ, databases: PostgreSQL) -> AmqpPlace:
    """A place in a virtual host and in databases of its own, not started yet."""
    number = new_id()[-6:]
    urls = {service: databases.database(f"contract_{service}_{number}") for service in SERVICES}
    return AmqpPlace(folder, broker, f"contract_{number}", urls)
