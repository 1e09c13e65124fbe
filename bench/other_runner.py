"""Other runner: the same class with the same wire, admission and pipeline as in a service process, without eventlet.

What it leaves out (lanes, reconnecting, draining, messages) costs a call little: it shows the most that another could save.
"""

import asyncio
import select
import socket
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import orjson

from bench.echo import EchoService
from kit.broker import amqp
from kit.broker.admission import refusal_of_call
from kit.broker.topology import rpc_queue
from kit.clock import SystemClock
from kit.process.runtime import Runtime
from kit.settings import Settings
from kit.wire.agreed_keys import Offered, service_key
from kit.wire.call_keys import PublicKeys, given
from kit.wire.request import encode, from_wire
from kit.wire.signing import Checker

WINDOW = 256
Carry = Callable[[Callable[[], None]], object]
"""Has a call answered, here or elsewhere."""


class Nobody:
    """A publisher without a broker: the echo says no messages."""

    system = "none"

    def publish(self, _: object) -> None: ...

    def close(self) -> None: ...


class Calls:
    """Takes calls from the broker on one thread, has each carried out by `carry`, and writes what was answered on the first."""

    def __init__(self, settings: Settings, carry: Carry) -> None:
        self.runtime = Runtime(EchoService, settings, SystemClock(), Nobody())
        self._checker = Checker(
            PublicKeys(given(settings.call_keys, "HUB_CALL_KEYS")), Offered("echo", service_key(settings.call_secret))
        )
        self._carry = carry
        self.answered: deque[tuple[Any, bytes]] = deque()
        self.tell: Callable[[], object] = lambda: None
        self.connection = amqp.connect(settings.amqp_uri, "echo")
        channel = self.connection.channel()
        channel.basic_qos(0, WINDOW, False)
        channel.basic_consume(rpc_queue("echo"), callback=self._take)
        self.socket.settimeout(0)
        self._frames = bytearray()
        self.connection.transport._write = self._frames.extend

    @property
    def socket(self) -> socket.socket:
        found: socket.socket = self.connection.transport.sock
        return found

    def read(self) -> None:
        """All that has come; what was answered meanwhile is written."""
        with suppress(TimeoutError):
            while True:
                self.connection.drain_events(timeout=0)
        self.write()

    def write(self) -> None:
        while self.answered:
            message, body = self.answered.popleft()
            properties = {"correlation_id": message.properties["correlation_id"], "content_type": "application/json"}
            key = message.properties["reply_to"]
            amqp.publish(message.channel, body, exchange=amqp.REPLY_EXCHANGE, routing_key=key, **properties)
            message.channel.basic_ack(message.delivery_tag)
        self._flush()

    def _flush(self) -> None:
        while self._frames:
            try:
                del self._frames[: self.socket.send(self._frames)]
            except BlockingIOError:
                select.select([], [self.socket], [])

    def _take(self, message: Any) -> None:
        method = message.delivery_info["routing_key"].partition(".")[2]
        refused = refusal_of_call(self._checker, "echo", method, message)
        assert refused is None, refused
        request = from_wire("echo", method, orjson.loads(message.body), message.headers)

        def answer() -> None:
            self.answered.append((message, encode(self.runtime.answer(request), request)))
            self.tell()

        self._carry(answer)


def on_threads(settings: Settings) -> None:
    """Way 1 of ADR 0016: a pool of threads answers, and this one reads and writes."""
    waked, waking = socket.socketpair()
    waked.setblocking(False)
    calls = Calls(settings, ThreadPoolExecutor(settings.lanes.calls).submit)
    told = deque[bool]()

    def tell() -> None:
        """One byte for all that was answered since it was last read."""
        if not told:
            told.append(True)
            waking.send(b"!")

    calls.tell = tell
    while True:
        ready, _, _ = select.select([calls.socket, waked], [], [])
        if waked in ready:
            waked.recv(64)
            told.clear()
        if calls.socket in ready:
            calls.read()
        calls.write()


def on_asyncio(settings: Settings) -> None:
    """Way 2: the loop reads and writes. Methods are no coroutines, so each is carried out by the loop itself, one after another.

    That is the least that asyncio can cost: a method that waits for its database would have to go to a thread, as in way 1.
    """

    async def serve() -> None:
        calls = Calls(settings, lambda answer: answer())
        asyncio.get_running_loop().add_reader(calls.socket, calls.read)
        await asyncio.Event().wait()

    asyncio.run(serve())
