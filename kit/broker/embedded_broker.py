"""Embedded broker: calls and messages within one process, on plain threads that sleep until there is something to do."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import cast

import orjson

from kit.broker.bus import NotTaken, Unavailable
from kit.broker.lanes import Busy, Call, Lanes
from kit.settings import LaneBounds
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope
from kit.wire.request import Payload, Request, encode

Receive = Callable[[Sequence[Envelope]], bool]
"""Takes messages in; False means that they were not written down and must come again."""
Answer = Callable[[Request], Payload | None]
Overhear = Callable[[Envelope], None]


class EmbeddedBroker:
    """Routes messages to every queue bound to their type, and calls to the service of their name.

    A publish is confirmed when every subscriber has written the message down, so nothing has to be kept here: what was
    not confirmed is still unsent in its outbox and comes again, also after the process has died.
    """

    system = "hub"

    def __init__(self, *, lanes: LaneBounds, timeout: float, together: int) -> None:
        self._lanes = lanes
        self._timeout = timeout
        self._together = together
        self._queues: list[_Queue] = []
        self._services: dict[str, _Served] = {}
        self._overhearing: list[tuple[frozenset[str], Overhear]] = []
        self._closed = False

    def bind(self, name: str, types: Iterable[str], receive: Receive) -> None:
        """A durable subscriber: one queue, whose messages are taken in their order, at most `together` at a time."""
        self._queues.append(_Queue(name, frozenset(types), receive, self._together))

    def overhear(self, types: Iterable[str], overhear: Overhear) -> None:
        """A passing listener, told once what every durable subscriber has written down; it must not block or raise."""
        self._overhearing.append((frozenset(types), overhear))

    def serve(self, service: str, answer: Answer, reads: Container[str], together: Container[str] = ()) -> None:
        """Answer the calls of a service, of whose methods some only read, and some are carried out together."""
        self._services[service] = _Served(service, answer, reads, together, self._lanes)

    def withdraw(self, service: str) -> None:
        """Take no more calls for a service; those that run may end."""
        self._services.pop(service).close()

    def publish(self, envelopes: Sequence[Envelope]) -> None:
        """As Publisher.publish; the time-out counts from the last one written down, for a subscriber takes them in order."""
        confirms = [
            queue.put(envelope) for envelope in envelopes for queue in self._queues if envelope.type in queue.types
        ]
        for confirm in confirms:
            self._await(confirm)
        for envelope in envelopes:
            for types, overhear in self._overhearing:
                if envelope.type in types:
                    overhear(envelope)

    def _await(self, confirm: Future[bool]) -> None:
        try:
            if confirm.result(self._timeout):
                return
        except (FutureTimeout, CancelledError):
            pass
        raise Unavailable("a subscriber has not written the message down")

    def call(self, service: str, request: Request) -> Future[Payload | None]:
        """The coming answer of a service; raises Unavailable at once where nobody serves it, or too many wait for it."""
        try:
            return self._services[service].ask(request)
        except (KeyError, RuntimeError):
            raise Unavailable(f"nobody serves {service}") from None
        except Busy:
            raise Unavailable(f"{service} is busy") from None

    def close(self) -> None:
        """Stop taking calls, let what runs end, and let go of the rest."""
        if not self._closed:
            self._closed = True
            for service in list(self._services):
                self.withdraw(service)
            for queue in self._queues:
                queue.close()


class _Served:
    """One service's calls: each asked and answered in what would come out of a broker, so that nobody shares objects."""

    def __init__(
        self, name: str, answer: Answer, reads: Container[str], together: Container[str], bounds: LaneBounds
    ) -> None:
        self._answer = answer
        self._reads = reads
        self._together = together
        self._lanes = {True: Lanes(bounds.of_groups), False: Lanes(bounds)}
        self._executor = ThreadPoolExecutor(bounds.calls + bounds.of_groups.calls, thread_name_prefix=name)

    def ask(self, request: Request) -> Future[Payload | None]:
        coming: Future[Payload | None] = Future()
        reads, body = request.method in self._reads, orjson.dumps(request.arguments)
        lanes = self._lanes[request.method in self._together]
        begin = partial(self._executor.submit, self._run, coming, request, body, partial(lanes.leave, reads=reads))
        lanes.enter(Call(reads, len(body), begin, coming.cancel))
        return coming

    def close(self) -> None:
        for lanes in self._lanes.values():
            lanes.drop_waiting()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(self, coming: Future[Payload | None], request: Request, body: bytes, leave: Callable[[], None]) -> None:
        try:
            if coming.set_running_or_notify_cancel():
                coming.set_result(self._payload(request, body))
        except BaseException as error:  # noqa: BLE001 - an edge: it is raised to whoever waits for the answer
            coming.set_exception(error)
        finally:
            leave()

    def _payload(self, request: Request, body: bytes) -> Payload | None:
        payload = self._answer(replace(request, arguments=orjson.loads(body)))
        return None if payload is None else cast("Payload", orjson.loads(encode(payload, request)))


def _nobody_takes_it() -> Future[bool]:
    confirm: Future[bool] = Future()
    confirm.cancel()
    return confirm


class _Queue:
    """One subscriber's messages in order, each known by its id so that a second publishing waits for the first."""

    def __init__(self, name: str, types: frozenset[str], receive: Receive, together: int) -> None:
        self.types = types
        self._name = name
        self._receive = receive
        self._together = together
        self._waiting: OrderedDict[str, tuple[Envelope, Future[bool]]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def put(self, envelope: Envelope) -> Future[bool]:
        with self._changed:
            if self._closed:
                return _nobody_takes_it()
            if envelope.id not in self._waiting:
                self._waiting[envelope.id] = (envelope, Future())
                self._changed.notify()
            return self._waiting[envelope.id][1]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        while taken := self._next():
            confirms = [confirm for _, confirm in taken]
            try:
                written_down = self._receive([envelope for envelope, _ in taken])
            except Exception as error:  # noqa: BLE001 - an edge: what was not written down comes again, the queue lives on
                log(__name__).error("a queue failed", queue=self._name, exc_info=error)
                for confirm in confirms:
                    confirm.set_exception(NotTaken(f"{self._name}: {type(error).__name__}"))
            else:
                for confirm in confirms:
                    confirm.set_result(written_down)
            with self._changed:
                for envelope, _ in taken:
                    self._waiting.pop(envelope.id, None)

    def _next(self) -> list[tuple[Envelope, Future[bool]]]:
        """What is taken together; nothing once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                for _, confirm in self._waiting.values():
                    confirm.cancel()
                return []
            return list(islice(self._waiting.values(), self._together))
