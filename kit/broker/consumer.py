"""Consumer: the one connection on which a service process takes calls and messages from RabbitMQ and answers them."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import eventlet
import orjson
from amqp import Connection
from nameko.extensions import SharedExtension

from kit.broker import amqp
from kit.broker.admission import Hears, PutAside, admitted, refusal_of_call
from kit.broker.coming import Coming
from kit.broker.lanes import Busy, Call, Lanes
from kit.broker.old_calls import declare_old_queue, reply_exchange
from kit.broker.topology import rpc_queue
from kit.settings import LaneBounds
from kit.telemetry import metrics
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope
from kit.wire.request import Malformed, Payload, Request, encode, error_payload, from_wire, malformed_payload

LONGEST_TURN = 60.0  # seconds: two tries of CONNECT_TIMEOUT for each address of the broker, and the pause behind them
GOODBYE = 5.0  # seconds that a broker has to understand that it shall send no more, and again to take the last answers


class Answers(Protocol):
    """The entrypoint of a call; whether it only reads, or is carried out together with others."""

    method_name: str
    reads: bool
    together: bool


class Consumer(SharedExtension):
    """Replaces nameko's QueueConsumer, RpcConsumer and Responder (docs/adr/0003 says what is wrong with them).

    No message of any shape ends the process: what cannot be understood is refused or goes to the dead-letter queue.
    A lost connection is opened again for as long as the process runs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.methods: dict[str, Answers] = {}
        self.handlers: list[Hears] = []
        self.last_tick = self.last_try = 0.0
        self._consuming: list[tuple[Any, str]] = []
        self._connection: Connection | None = None
        self._thread: Any = None
        self._pausing = False
        self._parted = eventlet.event.Event()  # the broker will send nothing more
        self._stopping = eventlet.event.Event()

    def serve(self, entrypoint: Answers) -> None:
        self.methods[entrypoint.method_name] = entrypoint

    def hear(self, entrypoint: Hears) -> None:
        self.handlers.append(entrypoint)

    def setup(self) -> None:
        self._lanes, self._lanes_of_groups = Lanes(self._bounds), Lanes(self._bounds.of_groups)

    def start(self) -> None:
        if self._thread is None:
            self._thread = self.container.spawn_managed_thread(self._run, identifier="consumer")

    def pause(self) -> None:
        """Ask the broker for nothing more; what it has sent until it understands is answered."""
        if not self._pausing:
            self._pausing = True
            with suppress(*amqp.BROKEN):  # then it sends nothing more anyway
                for channel, tag in self._consuming:
                    channel.send_method(amqp.CANCEL, "sb", (tag, False))  # its answer is read by the loop

    def stop(self) -> None:
        """End when all that the broker has sent is answered, and the broker has the answers."""
        if self._thread is None:
            return
        if self._connection is not None:
            with eventlet.Timeout(GOODBYE, False):
                self._parted.wait()
        self.container._worker_pool.waitall()  # nameko has waited for those only that had come by then
        self._stopping.send()
        self._say_goodbye()
        with eventlet.Timeout(GOODBYE, False):
            self._thread.wait()

    def _say_goodbye(self) -> None:
        """The broker answers when it has read all that came before, and its answer ends the loop."""
        if self._connection is not None:
            with suppress(*amqp.BROKEN):
                self._connection.send_method(amqp.CLOSE, "BsBB", (0, "", 0, 0))

    def turning(self) -> bool:
        """Whether the loop lives, with a broker or without: it has tried something lately."""
        return self._thread is None or time.monotonic() - max(self.last_try, self.last_tick) < LONGEST_TURN

    def connected(self) -> bool:
        """Whether the connection is up and its loop has turned lately."""
        return self._connection is not None and time.monotonic() - self.last_tick < 3 * amqp.HEARTBEAT

    # ---- the loop -------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._stopping.ready():
            self.last_try = time.monotonic()
            try:
                self._consume()
                failures = 0
            except amqp.BROKEN as error:
                failures = 1 if self._connection else failures + 1
                log(__name__).warning("the broker is away", error=type(error).__name__, failures=failures)
                self._drop()
                pause = min(amqp.LONGEST_PAUSE, 0.2 * 2 ** min(failures, 8)) * random.uniform(0.5, 1)
                with eventlet.Timeout(pause, False):
                    self._stopping.wait()
        self._drop()

    def _consume(self) -> None:
        connection = amqp.connect(
            self._uri,
            self.container.service_name,
            heartbeat=amqp.HEARTBEAT,
            most=self.container.config["message_bytes"],
        )
        amqp.collect_writes(connection, eventlet.spawn_n)
        self._consuming = []
        self._subscribe(connection)
        self._connection, self.last_tick = connection, time.monotonic()
        beat_at = 0.0
        while connection.connected:
            self.last_tick = time.monotonic()
            if self.last_tick > beat_at:
                connection.heartbeat_tick(amqp.HEARTBEATS)
                beat_at = self.last_tick + 1
            with suppress(TimeoutError):
                connection.drain_events(timeout=1)
            self._see_whether_parted()

    def _see_whether_parted(self) -> None:
        """py-amqp forgets a consumer's callback when the broker has confirmed that it is one no more."""
        consuming = any(tag in channel.callbacks for channel, tag in self._consuming)
        if self._pausing and not consuming and not self._parted.ready():
            self._parted.send()

    def _subscribe(self, connection: Connection) -> None:
        for handler in self.handlers:
            self.last_try = time.monotonic()
            coming = Coming(self.container.config["message_batch"], partial(self._begin_handling, handler))
            self._take(connection, handler.queue, self._prefetch, partial(self._on_message, handler, coming))
        if self.methods:
            service = self.container.service_name
            if self.container.config["unsigned"]:
                self._take(connection, declare_old_queue(connection, service), self._window, self._on_request)
            self._take(connection, rpc_queue(service), self._window, self._on_request)

    def _take(self, connection: Connection, queue: str, prefetch: int, callback: Any) -> None:
        if self._pausing:
            return
        channel = connection.channel()
        channel.basic_qos(0, prefetch, False)
        self._consuming.append((channel, channel.basic_consume(queue, callback=callback)))

    def _drop(self) -> None:
        if self._connection is not None:
            amqp.abandon(self._connection)
        self._connection, self._consuming = None, []
        self._lanes.drop_waiting()  # the broker gives them to somebody again
        self._lanes_of_groups.drop_waiting()
        self._see_whether_parted()

    @property
    def _uri(self) -> str:
        return str(self.container.config["AMQP_URI"])

    @property
    def _bounds(self) -> LaneBounds:
        bounds: LaneBounds = self.container.config["lanes"]
        return bounds

    @property
    def _window(self) -> int:
        """As many calls as may run and wait: what waits for its turn must keep nobody behind it unread."""
        return self._bounds.calls + self._bounds.of_groups.calls + 3 * self._bounds.waiting

    def _lanes_for(self, entrypoint: Answers) -> Lanes:
        return self._lanes_of_groups if entrypoint.together else self._lanes

    @property
    def _prefetch(self) -> int:
        return int(self.container.config["prefetch"])

    # ---- calls ----------------------------------------------------------------------------------------------------

    def _on_request(self, message: Any) -> None:
        service, (_, _, method) = self.container.service_name, message.delivery_info["routing_key"].partition(".")
        if refused := refusal_of_call(self.container.config["checker"], service, method, message):
            self._answer(message, orjson.dumps(refused))
            return
        try:
            request = from_wire(service, method, _json(message), message.headers or {})
            entrypoint = self.methods[method]
        except (Malformed, KeyError) as error:
            self._refuse(message, method, error)
            return
        self._enter(message, entrypoint, request)

    def _enter(self, message: Any, entrypoint: Answers, request: Request) -> None:
        """Have it answered, now or in its turn; by the pool of the container, which waits for its end, and by nothing more of it.

        What nameko does around a worker (a context, dependencies, log lines, an event) costs as much as the answer itself.
        """
        begin = partial(self.container._worker_pool.spawn_n, self._reply, message, entrypoint, request)
        try:
            self._lanes_for(entrypoint).enter(Call(entrypoint.reads, len(message.body), begin))
        except Busy:
            metrics.CALLS.labels(self.container.service_name, request.method, "unavailable").observe(0)
            busy = error_payload("Unavailable", "unavailable", f"{self.container.service_name} is busy")
            self._answer(message, orjson.dumps(busy))

    def _refuse(self, message: Any, method: str, error: Exception) -> None:
        reason = str(error) if isinstance(error, Malformed) else f"there is no method {method[:100]!r}"
        log(__name__).warning("a call could not be understood", reason=reason)
        metrics.CALLS.labels(self.container.service_name, "unknown", "malformed").observe(0)
        self._answer(message, orjson.dumps(malformed_payload(reason)))

    def _answer(self, message: Any, body: bytes | None) -> None:
        """And it is gone, whatever came of it: nobody may send a call again."""
        if body is not None and message.properties.get("reply_to"):
            self._send(message, body)
        message.channel.basic_ack(message.delivery_tag)

    def _reply(self, message: Any, entrypoint: Answers, request: Request) -> None:
        """Answer and ack; a caller or connection that is gone is no reason to fail."""
        try:
            payload: Payload | None = self.container.config["runtime"].answer(request)
            self._answer(message, None if payload is None else encode(payload, request))
        except amqp.BROKEN:
            log(__name__).info("an answer could not be delivered, the connection is gone")
        except Exception:  # noqa: BLE001 - an edge: a fault outside of every method ends the process, as of any nameko worker
            self.container.kill(sys.exc_info())
        finally:
            self._lanes_for(entrypoint).leave(reads=entrypoint.reads)

    def _send(self, message: Any, body: bytes) -> None:
        amqp.publish(
            message.channel,
            body,
            exchange=reply_exchange(message),
            routing_key=message.properties["reply_to"],
            content_type="application/json",
            content_encoding="utf-8",
            correlation_id=message.properties.get("correlation_id", ""),
        )

    # ---- messages -------------------------------------------------------------------------------------------------

    def _on_message(self, handler: Hears, coming: Coming, message: Any) -> None:
        try:
            envelope = admitted(handler, message)
        except PutAside as error:
            log(__name__).error("a message was put aside", queue=handler.queue, why=error.reason, reason=str(error))
            metrics.MESSAGES_REFUSED.labels(handler.queue, error.reason).inc()
            message.channel.basic_reject(message.delivery_tag, requeue=False)
            return
        coming.add(message, envelope)

    def _begin_handling(self, handler: Hears, envelopes: Sequence[Envelope], ended: Any) -> None:
        self.container.spawn_worker(handler, (envelopes,), {}, handle_result=ended)


def _json(message: Any) -> Any:
    if message.properties.get("content_type") != "application/json":
        raise Malformed("a call is JSON")
    try:
        return orjson.loads(message.body)
    except ValueError:
        raise Malformed("the body is not JSON") from None
