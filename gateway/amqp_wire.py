"""AMQP wire: the gateway's one connection to RabbitMQ, driven by the asyncio loop itself without threads."""

from __future__ import annotations

import asyncio
import random
import secrets
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import orjson
from amqp import AccessRefused, Connection, NotFound

from gateway.presence import Presence
from gateway.reply_queue import take_reply_queue
from kit.broker import amqp
from kit.broker.bus import Unavailable
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope, NotAMessage, from_amqp
from kit.wire.reply import read_reply
from kit.wire.request import MOST_BYTES, Malformed, Payload, Request, to_headers
from kit.wire.signing import Sealed, Signer

TRANSIENT = 1
LIVE_STREAM, TOLD_STREAM = "gateway.live", "gateway.told"
READ_AHEAD = 1000  # messages of a stream that are under way at once
MOST_UNSENT = 8 * 1024 * 1024  # bytes that may wait for a broker that does not read
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class AmqpWire:
    """Calls are signed, and answered into one of the queues that are there for gateways. Nothing is declared here.

    A call to a service that nobody serves is Unavailable at once; a second after the last one has gone that is known. A broker
    that is away or frozen makes calls Unavailable, each at its deadline at the latest; the connection is opened again for as
    long as the wire runs.
    """

    def __init__(self, uri: str, signer: Signer, *, reply_queues: int) -> None:
        self._uri = uri
        self._signer = signer
        self._reply_queues = reply_queues
        self._presence = Presence()
        self._waiting: dict[str, asyncio.Future[Payload]] = {}
        self._overhearing: list[tuple[tuple[str, ...], Callable[[Envelope], None]]] = []
        self._told: Callable[[bytes], None] | None = None
        self._connection: Connection | None = None
        self._channel: Any = None
        self._telling: Any = None
        self._socket: Any = None
        self._reply_to = ""
        self._unsent = bytearray()
        self._waits_to_write = False
        self._lost: asyncio.Event = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect; calls before the connection stands are Unavailable."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._let_go()

    def connected(self) -> bool:
        return self._channel is not None

    def overhear(self, types: Iterable[str], hear: Callable[[Envelope], None]) -> None:
        """As Wire.overhear; to be said before `start`."""
        self._overhearing.append((tuple(types), hear))

    def hear(self, told: Callable[[bytes], None]) -> None:
        """As Fanout.hear."""
        self._told = told

    def tell(self, body: bytes) -> None:
        """As Fanout.tell."""
        if self._telling is not None and len(self._unsent) <= MOST_UNSENT:
            amqp.publish(self._telling, body, exchange=amqp.GATEWAY_EXCHANGE, routing_key="", delivery_mode=TRANSIENT)

    async def send(self, service: str, request: Request) -> Payload:
        """As Wire.send."""
        if self._channel is None or len(self._unsent) > MOST_UNSENT:
            raise Unavailable("the broker is away")
        deadline = request.deadline or time.time() + 60
        number = secrets.token_hex(16)  # who knows it can answer: nobody but the service that the call comes to
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(max(0.0, deadline - time.time())):
                if not await self._presence.consumers(service):
                    raise Unavailable(f"nobody serves {service}")
                self._publish(service, replace(request, deadline=deadline), number)
                payload: Payload = await answer
                return payload
        except TimeoutError:
            raise Unavailable(f"{service} has not answered in time") from None
        finally:
            self._waiting.pop(number, None)

    def _publish(self, service: str, request: Request, number: str) -> None:
        body = orjson.dumps({"args": [], "kwargs": request.arguments})
        signed = self._signer.sign(Sealed(service, request.method, number, to_headers(request), body))
        amqp.publish(
            self._channel,
            body,
            exchange=amqp.RPC_EXCHANGE,
            routing_key=f"{service}.{request.method}",
            mandatory=True,
            content_type="application/json",
            content_encoding="utf-8",
            application_headers={**signed, "traceparent": request.traceparent} if request.traceparent else signed,
            reply_to=self._reply_to,
            correlation_id=number,
        )

    # ---- what comes in --------------------------------------------------------------------------------------------

    def _on_readable(self) -> None:
        try:
            while self._connection is not None:
                self._connection.drain_events(timeout=0)
        except TimeoutError:
            return
        except amqp.BROKEN as error:
            self._lose(error)

    def _on_reply(self, message: Any) -> None:
        """A reply that nobody can read ends its own call; one that nobody waits for has come too late."""
        number = message.properties.get("correlation_id", "")
        answer = self._waiting.get(number)
        if answer is None or answer.done():
            log(__name__).info("a reply was dropped, nobody waits for it", number=number)
            return
        try:
            answer.set_result(read_reply(message.body))
        except Malformed as error:
            log(__name__).error("a reply could not be read", number=number, reason=str(error))
            answer.set_exception(Unavailable("the reply could not be read"))

    def _on_return(self, _error: Exception, _exchange: str, routing_key: str, message: Any) -> None:
        """The broker knows no queue for this call: its service does not run."""
        answer = self._waiting.get(message.properties.get("correlation_id", ""))
        if answer is not None and not answer.done():
            answer.set_exception(Unavailable(f"nobody serves {routing_key}"))

    def _on_overheard(self, message: Any) -> None:
        try:
            envelope = from_amqp(message.body, message.properties.get("content_type"), message.headers)
        except NotAMessage:
            return  # the subscribers with a queue of their own put it aside
        finally:
            message.channel.basic_ack(message.delivery_tag)
        for types, hear in self._overhearing:
            if envelope.type in types:
                hear(envelope)

    def _on_told(self, message: Any) -> None:
        message.channel.basic_ack(message.delivery_tag)
        body = message.body
        if self._told:
            self._told(body if isinstance(body, bytes) else str(body).encode())

    # ---- what goes out --------------------------------------------------------------------------------------------

    def _send_soon(self, frames: bytearray) -> None:
        self._unsent += frames
        self._on_writable()

    def _on_writable(self) -> None:
        if self._connection is None:
            return
        loop, sock = asyncio.get_running_loop(), self._socket
        try:
            del self._unsent[: sock.send(self._unsent)]
        except _WOULD_BLOCK:
            pass
        except OSError as error:
            self._lose(error)
            return
        if bool(self._unsent) == self._waits_to_write:
            return  # asking the system for nothing new costs as much as a call
        self._waits_to_write = bool(self._unsent)
        if self._waits_to_write:
            loop.add_writer(sock, self._on_writable)
        else:
            loop.remove_writer(sock)

    # ---- the connection -------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                await self._connect()
                failures = 0
                await self._beat_until_lost()
            except amqp.BROKEN as error:
                failures += 1
                log(__name__).warning("the broker is away", error=type(error).__name__, failures=failures)
            self._let_go()
            await asyncio.sleep(min(amqp.LONGEST_PAUSE, 0.2 * 2 ** min(failures, 8)) * random.uniform(0.5, 1))

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        connection, channel = await loop.run_in_executor(None, self._open)
        self._connection, self._socket = connection, connection.transport.sock
        self._unsent, self._waits_to_write = bytearray(), False
        self._lost.clear()
        self._socket.settimeout(0)
        amqp.collect_writes(connection, loop.call_soon, self._send_soon)
        loop.add_reader(self._socket, self._on_readable)
        self._channel = channel
        loop.call_soon(self._on_readable)  # what was read ahead while opening makes no socket readable

    def _open(self) -> tuple[Connection, Any]:
        """Connect and consume, on another thread because it waits for the broker."""
        connection = amqp.connect(self._uri, "gateway", heartbeat=amqp.HEARTBEAT, most=MOST_BYTES)
        channel = connection.channel()
        self._reply_to = take_reply_queue(channel, self._reply_queues, self._on_reply)
        channel.events["basic_return"].add(self._on_return)
        self._presence.attach(connection.channel())
        if self._overhearing:
            self._read_stream(connection.channel(), LIVE_STREAM, self._on_overheard)
        self._telling = self._join_the_gateways(connection) if self._told else None
        return connection, channel

    def _join_the_gateways(self, connection: Connection) -> Any:
        """The channel to the other gateways; None where the broker does not know of them yet, and each counts for itself."""
        channel = connection.channel()
        try:
            channel.exchange_declare(amqp.GATEWAY_EXCHANGE, "fanout", passive=True)
            self._read_stream(channel, TOLD_STREAM, self._on_told)
        except (AccessRefused, NotFound) as error:
            log(__name__).warning("the gateways cannot tell each other what was spent", error=type(error).__name__)
            return None
        return channel

    def _read_stream(self, channel: Any, queue: str, on_message: Callable[[Any], None]) -> None:
        """Hear what comes into a stream from now on; `on_message` acks."""
        channel.basic_qos(0, READ_AHEAD, False)
        channel.basic_consume(queue, callback=on_message, arguments={"x-stream-offset": "next"})

    async def _beat_until_lost(self) -> None:
        while self._connection is not None and not self._lost.is_set():
            self._connection.heartbeat_tick(amqp.HEARTBEATS)
            self._presence.look()
            try:
                await asyncio.wait_for(self._lost.wait(), 1)
            except TimeoutError:
                continue

    def _lose(self, error: BaseException) -> None:
        log(__name__).warning("the connection to the broker broke", error=type(error).__name__)
        self._let_go()
        self._lost.set()

    def _let_go(self) -> None:
        connection, self._connection, self._channel, self._telling = self._connection, None, None, None
        if connection is not None:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._socket)
            loop.remove_writer(self._socket)
            amqp.abandon(connection)
        self._presence.forget()
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Unavailable("the connection to the broker broke"))
