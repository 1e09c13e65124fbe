"""Runtime: what one service runs on (database, clock, inbox, outbox, pumps), the same under both runners."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from inspect import getmembers, isfunction
from typing import Any

from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from contracts.once import once
from kit.broker.admission import ASIDE
from kit.broker.bus import Publisher
from kit.broker.topology import handler_queue
from kit.calls.answers import forget_old
from kit.calls.gathering import Gathering
from kit.calls.long import Endings
from kit.calls.rpc import Rpc
from kit.calls.service import Service
from kit.clock import Clock
from kit.data.db import Database
from kit.data.listener import Listener
from kit.data.wakeups import Wakeups
from kit.data.watcher import Watcher
from kit.messages.handlers import Handler, one_by_one
from kit.messages.inbox import FAILED, RETRIES, Inbox
from kit.messages.on_message import OnMessage
from kit.messages.outbox import RELAY
from kit.messages.parked import due_rows
from kit.messages.relay import Relay
from kit.process.gauges import LOOK, Gauges
from kit.process.health import Health
from kit.settings import Settings
from kit.telemetry import metrics
from kit.wire.envelope import Envelope
from kit.wire.request import Payload, Request, malformed_payload
from kit.work.job_rows import JOBS, forget_answers, forget_ended, forget_refused
from kit.work.jobs import Jobs, Work
from kit.work.pump import Pump
from kit.work.tidying import TIDY, Tidying
from kit.work.timers import SCHEDULE, Schedule

SELDOM = 12
"""Times as long a pump sleeps on SQLite, whose watcher sees all that is written."""


class Runtime:
    """One service class brought to life. `start` sets its pumps going; calls and messages are the runner's business."""

    def __init__(self, service_class: type[Service], settings: Settings, clock: Clock, publisher: Publisher) -> None:
        self.service_class = service_class
        self.settings = settings
        self.clock = clock
        self.stopping = threading.Event()
        self.wakeups = Wakeups()
        self.database = Database(
            settings.database(service_class.name),
            clock=clock,
            wakeups=self.wakeups,
            pool_size=settings.pool_size,
            statement_timeout=settings.statement_timeout,
            ping_after=settings.ping_after,
            message_bytes=settings.message_bytes,
        )
        self.service = service_class()
        self.service.runtime = self
        self.methods = dict(entrypoints(service_class, Rpc))
        self.reads = {name for name, entrypoint in self.methods.items() if entrypoint.reads}
        together = (name for name, entrypoint in self.methods.items() if entrypoint.together)
        self.gatherings = {name: Gathering(settings.lanes.together) for name in together}
        self.handlers = {handler.name: handler for handler in self._handlers()}
        self.inbox = Inbox(self.database, list(self.handlers.values()), settings.retry, publisher.system)
        self.endings = Endings(self.wakeups)
        self.jobs = Jobs(self.database, dict(self._works()), settings.retry, settings.jobs, self.stopping)
        self.relay = self._make_relay(publisher)
        self.gauges = Gauges(self.database, list(due_rows(service_class.tables)))
        self._publisher = publisher
        self._pumps = list(self._make_pumps())
        self._listener = self._make_listener()
        self.health = Health(service_class.name, self.database, ready_age=settings.ready_age, stopping=self.stopping)
        self._begin_counting()

    def answer(self, request: Request) -> Payload | None:
        """Answer a call; None where nobody waits for the answer any more."""
        if request.method not in self.methods:
            return malformed_payload(f"there is no method {request.method[:100]!r}")
        answer: Payload | None = getattr(self.service, request.method)(request)
        return answer

    def receive(self, queue: str, envelopes: Sequence[Envelope]) -> None:
        """Take messages in from the broker: see Inbox.receive."""
        self.inbox.receive(self.handlers[queue], envelopes)

    def watch(self) -> None:
        """Look every few seconds at what waits, for who scrapes; to be said before `start`."""
        self._pumps.append(self._pump(LOOK, self._look))

    def start(self) -> None:
        self._listener.start()
        for pump in self._pumps:
            pump.start()

    def stop(self) -> None:
        """No new work; what runs may end within the drain time; the rest stays in its rows."""
        self.stopping.set()
        for pump in self._pumps:
            pump.stop(self.settings.drain)
        self._listener.stop()  # last, so that the others hear of what is left
        self._publisher.close()
        self.database.close()

    def _begin_counting(self) -> None:
        """Faults are counted from zero: an alert on an increase would not see a series that begins with its first one."""
        for method in self.methods:
            metrics.CALLS.labels(self.service_class.name, method, "failed")
        for handler in self.handlers:
            metrics.HANDLED.labels(handler, FAILED)
            for reason in ASIDE:
                metrics.MESSAGES_REFUSED.labels(handler, reason)

    def _handlers(self) -> Iterator[Handler]:
        for name, entrypoint in entrypoints(self.service_class, OnMessage):
            effect = partial(getattr(self.service_class, name).__wrapped__, self.service)
            queue = handler_queue(self.service_class.name, name, entrypoint.version)
            yield Handler(queue, entrypoint.types, effect if entrypoint.together else one_by_one(effect))

    def _make_relay(self, publisher: Publisher) -> Relay:
        return Relay(
            self.database,
            publisher,
            clock=self.clock,
            source=f"/{self.service_class.name}",
            batch=self.settings.relay_batch,
            lease=self.settings.relay_lease,
            retry=self.settings.retry,
            most_bytes=self.settings.message_bytes,
        )

    def _make_listener(self) -> Listener | Watcher:
        if self.database.is_sqlite:
            return Watcher(self.database, self.wakeups, self.settings.look_every)
        return Listener(self.database, self.wakeups, self.settings.wake_pause)

    def _make_pumps(self) -> Iterator[Pump]:
        timers = {timer: getattr(self.service, name) for name, timer in marked(self.service_class, "timer")}
        schedule = Schedule(self.database, timers, self.settings.retry)
        works: dict[str, Callable[[], datetime | None]] = {
            RELAY: self.relay.work,
            RETRIES: self.inbox.work,
            SCHEDULE: schedule.work,
        }
        for name, pump in marked(self.service_class, "pump"):
            once(works, pump, getattr(self.service, name))
        for name, work in works.items():
            yield self._pump(name, work)
        for _ in range(self.settings.jobs.lanes):
            yield self._pump(JOBS, self.jobs.work)
        own = (getattr(self.service, name) for name, _ in marked(self.service_class, "tidies"))
        forgetting = [forget_old, forget_refused, forget_answers, forget_ended, *own]
        tidying = Tidying(self.database, self.settings.keeping, forgetting)
        yield self._pump(TIDY, tidying.work, at_least_every=self.settings.keeping.tidy_every)

    def _works(self) -> Iterator[tuple[str, Work]]:
        """What this service does as jobs: marked methods, and commands that may take long."""
        for name, job_name in marked(self.service_class, "job"):
            yield job_name, getattr(self.service, name)
        for name, work in marked(self.service_class, "work"):
            yield name, partial(work, self.service)

    def _pump(self, name: str, work: Callable[[], datetime | None], *, at_least_every: float | None = None) -> Pump:
        metrics.PUMP_FAILURES.labels(name)
        seldom = SELDOM if self.database.is_sqlite else 1
        longest = at_least_every or self.settings.look_every * seldom
        return Pump(name, work, clock=self.clock, wakeups=self.wakeups, at_least_every=longest)

    def _look(self) -> None:
        """For who scrapes: what waits, and whether this service is ready."""
        self.gauges.look()
        self.health.report()


def entrypoints(service_class: type[Service], kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """The methods of a service class that carry an entrypoint of this kind, in the order of their names."""
    for name, method in getmembers(service_class, isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            if isinstance(entrypoint, kind):
                yield name, entrypoint


def marked(service_class: type[Service], mark: str) -> Iterator[tuple[str, Any]]:
    """The methods that `on_due`, `pump`, `tidies`, `job` or `long_command` has marked, with what they were marked with."""
    for name, method in getmembers(service_class, isfunction):
        if hasattr(method, mark):
            yield name, getattr(method, mark)
