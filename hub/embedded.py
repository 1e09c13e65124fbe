"""Embedded: the whole hub in one process: the four services on the in-process broker, each with its SQLite file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from kit.broker.bus import Unavailable
from kit.broker.embedded_broker import EmbeddedBroker
from kit.calls.service import Service
from kit.clock import Clock
from kit.messages.inbox import oldest_unhandled
from kit.messages.on_message import write_down
from kit.messages.outbox import oldest_unsent
from kit.process.migrate import migrate
from kit.process.runtime import Runtime
from kit.settings import Settings
from kit.wire.envelope import Envelope
from kit.wire.request import Payload, Request


class EmbeddedHub:
    """Services on plain threads. What the broker forgot when the process died is published again at the next start."""

    def __init__(self, services: Iterable[type[Service]], settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self.broker = EmbeddedBroker(
            lanes=settings.lanes, timeout=settings.publish_timeout, together=settings.message_batch
        )
        self.runtimes = {service.name: Runtime(service, settings, clock, self.broker) for service in services}

    def start(self) -> None:
        """Migrate, then serve."""
        self.migrate()
        for name, runtime in self.runtimes.items():
            for handler in runtime.handlers.values():
                self.broker.bind(handler.name, handler.types, partial(write_down, runtime, handler.name))
            self.broker.serve(name, runtime.answer, runtime.reads, runtime.gatherings)
        for runtime in self.runtimes.values():
            runtime.relay.release_claims()
            runtime.start()

    def migrate(self) -> None:
        """Bring each database to what this release needs."""
        for name in self.runtimes:
            migrate(name, self._settings.database(name), contract=True)  # no older process runs beside this one
            migrate(name, self._settings.database(name))

    def stop(self) -> None:
        for runtime in self.runtimes.values():
            runtime.stopping.set()
        self.broker.close()
        for runtime in self.runtimes.values():
            runtime.stop()

    def settle(self, seconds: float) -> None:
        """Wait until every message has taken effect everywhere; raises Unavailable after so many seconds."""
        deadline = time.monotonic() + seconds
        while any(self._unsettled(runtime) for runtime in self.runtimes.values()):
            if time.monotonic() > deadline:
                raise Unavailable("messages are still under way")
            time.sleep(0.01)

    def _unsettled(self, runtime: Runtime) -> bool:
        with runtime.database.transaction(writes=False) as session:
            return bool(oldest_unsent(session) or oldest_unhandled(session))

    def reports(self) -> dict[str, Any]:
        """The health of each service."""
        return {name: runtime.health.report() for name, runtime in self.runtimes.items()}


class EmbeddedWire:
    """The gateway's wire within the process."""

    def __init__(self, broker: EmbeddedBroker) -> None:
        self._broker = broker

    async def send(self, service: str, request: Request) -> Payload:
        try:
            async with asyncio.timeout(max(0.0, (request.deadline or time.time() + 60) - time.time())):
                payload = await asyncio.wrap_future(self._broker.call(service, request))
        except TimeoutError:
            raise Unavailable(f"{service} has not answered in time") from None
        if payload is None:
            raise Unavailable(f"{service} has not answered in time")
        return payload

    def overhear(self, types: Iterable[str], hear: Callable[[Envelope], None]) -> None:
        loop = asyncio.get_running_loop()
        self._broker.overhear(types, partial(_hand_over, loop, hear))

    def connected(self) -> bool:
        return True


def _hand_over(loop: asyncio.AbstractEventLoop, hear: Callable[[Envelope], None], envelope: Envelope) -> None:
    """From a service's thread to the gateway's loop, which may have ended first."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(hear, envelope)
