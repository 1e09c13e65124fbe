"""AMQP: connections to RabbitMQ whose frames leave and arrive many to a system call, and the names of what is declared there."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import amqp
from amqp.serialization import decode_properties_basic
from kombu import Connection

from kit.telemetry.logs import log

RPC_EXCHANGE = "hub.calls"
REPLY_EXCHANGE = "hub.replies"
MESSAGE_EXCHANGE = "hub.messages"
DEAD_EXCHANGE = "hub.dead"
GATEWAY_EXCHANGE = "hub.gateways"
"""On which the gateways tell each other what was spent; no service may use it."""
HEARTBEAT = 10
HEARTBEATS = 2  # that are sent in each interval, as RabbitMQ advises
LONGEST_PAUSE = 5.0  # seconds between two tries to reach a broker that is away
CONNECT_TIMEOUT = 5
READ_AHEAD = 16384

BROKEN: tuple[type[Exception], ...] = (
    *Connection("amqp://").connection_errors,
    *Connection("amqp://").channel_errors,
    OSError,  # a time-out of the socket among them
)
"""What py-amqp raises when a connection or channel is no more, or never came to be."""

Schedule = Callable[[Callable[[], None]], object]
"""Runs a function soon, after what runs now: eventlet's spawn or asyncio's call_soon."""

Send = Callable[[bytearray], object]
Frame = tuple[int, int, bytes]
OnFrame = Callable[[Frame], bool]
"""Takes one frame in: its kind, channel and payload."""

CANCEL, CLOSE = amqp.spec.Basic.Cancel, amqp.spec.Connection.Close
"""Sent as they are, they leave it to the loop that reads anyway to hear the answer."""

_METHOD, _HEADER, _BODY = 1, 2, 3
_SIZE = slice(4, 12)  # of the body, in a header frame
_DELIVER, _GET_OK = b"\x00\x3c\x00\x3c", b"\x00\x3c\x00\x47"
_PROPERTIES_AT, _NO_PROPERTIES = 12, b"\x00\x00"


class WriteBuffer:
    """Collects the frames that one turn of the loop writes and sends them together.

    A system call a frame is more than half of the cost of a call (docs/adr/0003); the order of frames stays.
    """

    def __init__(self, send: Send, schedule: Schedule) -> None:
        self._send = send
        self._schedule = schedule
        self._frames = bytearray()

    def write(self, frame: bytes) -> None:
        if not self._frames:
            self._schedule(self.flush)
        self._frames += frame

    def flush(self) -> None:
        if self._frames:
            frames, self._frames = self._frames, bytearray()
            self._send(frames)


def connect(uri: str, name: str, *, heartbeat: int = 0, most: int = 0) -> amqp.Connection:
    """An open connection that each frame leaves at once; raises one of BROKEN within CONNECT_TIMEOUT seconds.

    A message with a body of more than `most` bytes, if that is given, is read without one.

    `heartbeat` is for those who beat (`heartbeat_tick`): the broker would close the idle connection of one who does not.

    An `amqps` URI is verified against `?cacertfile=FILE`, or else against the authorities that the system trusts; a client
    may show `certfile` and `keyfile` (rabbitmq.com/docs/uri-query-parameters).

    It is py-amqp's, as kombu opens it: kombu's own would open itself again, and wait for that, whenever it is touched.
    """
    opener = Connection(
        uri.partition("?")[0],
        heartbeat=heartbeat,
        connect_timeout=CONNECT_TIMEOUT,
        ssl=tls_of(uri),
        transport_options={"client_properties": {"connection_name": name}},
    )
    try:
        connection = opener.connect()
    except BROKEN:
        opener.collect(0.1)
        raise
    transport = connection.transport
    transport._quick_recv = _read_ahead(transport._quick_recv)
    on_frame = _read_anything(connection.on_inbound_frame)
    connection.on_inbound_frame = _read_past(on_frame, most) if most else on_frame
    return connection


def tls_of(uri: str) -> dict[str, Any] | bool:
    """py-amqp's TLS options for a URI; False for one without TLS."""
    parts = urlsplit(uri)
    if parts.scheme != "amqps":
        return False
    files = dict(parse_qsl(parts.query))
    return {
        "server_hostname": parts.hostname,
        "cert_reqs": ssl.CERT_REQUIRED,
        "ca_certs": files.get("cacertfile"),
        "certfile": files.get("certfile"),
        "keyfile": files.get("keyfile"),
    }


def collect_writes(connection: amqp.Connection, schedule: Schedule, send: Send | None = None) -> None:
    """From now on let a WriteBuffer collect the frames, and `send` (default: the socket) take them."""
    transport = connection.transport
    transport._write = WriteBuffer(send or transport._write, schedule).write


def _read_ahead(receive: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Reads as much as is there; py-amqp keeps what it does not need yet.

    A socket that would block is a time-out: py-amqp would spin on it in the middle of a frame.
    """

    def read(_: int) -> bytes:
        try:
            return receive(READ_AHEAD)
        except (BlockingIOError, ssl.SSLWantReadError):
            raise TimeoutError from None

    return read


def _read_anything(on_frame: OnFrame) -> OnFrame:
    """Lets messages in whose routing key or properties py-amqp cannot read; it would break every connection on them.

    RabbitMQ passes on any bytes where the protocol says text or time. Such a key is read with `?`, such properties as none.
    """

    def read(frame: Frame) -> bool:
        kind, channel, payload = frame
        if kind == _METHOD:
            return on_frame((kind, channel, _with_readable_key(payload)))
        try:
            return on_frame(frame)
        except Exception:
            if kind != _HEADER or _has_readable_properties(payload):
                raise
            return on_frame((kind, channel, payload[:_PROPERTIES_AT] + _NO_PROPERTIES))

    return read


def _read_past(on_frame: OnFrame, most: int) -> OnFrame:
    """Lets no large body into memory: its frames are passed over, and the message is read as one without a body."""
    left: dict[int, int] = {}  # bytes that are still to be passed over, by channel

    def read(frame: Frame) -> bool:
        kind, channel, payload = frame
        size = int.from_bytes(payload[_SIZE]) if kind == _HEADER else 0
        if size > most:
            log(__name__).error("a message is too large and was not read", bytes=size)
            left[channel] = size
            return on_frame((kind, channel, payload[: _SIZE.start] + bytes(8) + payload[_SIZE.stop :]))
        if kind == _BODY and channel in left:
            left[channel] -= len(payload)
            if left[channel] <= 0:
                del left[channel]
            return True
        return on_frame(frame)

    return read


def _with_readable_key(payload: bytes) -> bytes:
    """A frame that begins a delivery, its routing key in ASCII where it was not UTF-8."""
    if payload[:4] == _DELIVER:
        exchange_at = 4 + 1 + payload[4] + 8 + 1  # behind consumer tag, delivery tag, redelivered
    elif payload[:4] == _GET_OK:
        exchange_at = 4 + 8 + 1
    else:
        return payload
    key_at = exchange_at + 1 + payload[exchange_at] + 1
    key = payload[key_at : key_at + payload[key_at - 1]]
    try:
        key.decode()
    except UnicodeDecodeError:
        readable = key.decode("ascii", "replace").encode("ascii", "replace")
        return payload[:key_at] + readable + payload[key_at + len(key) :]
    return payload


def _has_readable_properties(payload: bytes) -> bool:
    try:
        decode_properties_basic(payload, _PROPERTIES_AT)
    except Exception:  # noqa: BLE001 - an edge: whatever py-amqp stumbles over, the message cannot be read
        return False
    return True


def connect_patiently(uri: str, name: str, seconds: float = 60) -> amqp.Connection:
    """As connect, but a broker that is away is waited for, so long at most."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return connect(uri, name)
        except BROKEN as error:
            if time.monotonic() > deadline:
                raise
            log(__name__).warning("waiting for the broker", error=type(error).__name__)
            time.sleep(1)


def abandon(connection: amqp.Connection) -> None:
    """Let go of a connection without a word to its peer, who may be frozen and would never answer."""
    with suppress(OSError):
        connection.collect()


def publish(
    channel: Any, body: bytes, *, exchange: str, routing_key: str, mandatory: bool = False, **properties: Any
) -> None:
    """Put one message on the wire: without a confirm, a retry or a look at the inbound side, which basic_publish takes."""
    message = amqp.Message(body, **properties)
    channel.send_method(amqp.spec.Basic.Publish, "Bssbb", (0, exchange, routing_key, mandatory, False), message)


def on_look(channel: Any, seen: Callable[[str, int, int], None], absent: Callable[[], None]) -> None:
    """Let `seen` be told what each `look` on this channel finds (queue, messages, consumers), or `absent` that it finds none.

    The broker closes the channel on a queue that is not there. py-amqp would wait until it is open again.
    """

    def open_again(*_: object) -> None:
        channel.send_method(amqp.spec.Channel.CloseOk)
        channel.send_method(amqp.spec.Channel.Open, "s", ("",))
        absent()

    channel._callbacks |= {amqp.spec.Queue.DeclareOk: seen, amqp.spec.Channel.Close: open_again}


def look(channel: Any, queue: str) -> None:
    """Ask how a queue does, without waiting for the answer."""
    channel.send_method(amqp.spec.Queue.Declare, "BsbbbbbF", (0, queue, True, False, False, False, False, {}))
