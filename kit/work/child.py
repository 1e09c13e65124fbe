"""Child: a process that computes what it is sent, one thing after the other, within limits that the kernel enforces.

It is started by `kit.work.apart` with a socket as its only argument and ends with it, or when it was idle for long.
"""

from __future__ import annotations

import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

IDLE = 60.0  # seconds; what it has imported costs memory
_LENGTH = struct.Struct("!Q")


def send(channel: socket.socket, what: object) -> None:
    body = pickle.dumps(what)
    channel.sendall(_LENGTH.pack(len(body)) + body)


class Frames:
    """What comes in on a socket, whole objects at a time, however often reading was interrupted by a time-out."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._buffer = bytearray()

    def receive(self) -> Any:
        """The next object. Raises EOFError at the end, and TimeoutError where the socket has a time-out."""
        (length,) = _LENGTH.unpack(self._peek(_LENGTH.size))
        body = self._peek(_LENGTH.size + length)[_LENGTH.size :]
        del self._buffer[: _LENGTH.size + length]
        return pickle.loads(body)  # from a process of our own, on a socket that nobody else has

    def _peek(self, size: int) -> bytes:
        while len(self._buffer) < size:
            chunk = self._channel.recv(65_536)
            if not chunk:
                raise EOFError
            self._buffer += chunk
        return bytes(self._buffer[:size])


def serve(channel: socket.socket) -> None:
    """Compute until the other end is closed. Answers ("progress", done, of), then ("gave", value) or ("raised", error)."""
    frames = Frames(channel)
    while True:
        channel.settimeout(IDLE)
        function, arguments, named, seconds, memory = frames.receive()
        channel.settimeout(None)
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        signal.alarm(seconds)  # whose default is to end the process, also in the midst of a library
        answer = _answer(channel, function, arguments, named)
        signal.alarm(0)
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        send(channel, answer)


def _answer(
    channel: socket.socket, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, Any]:
    try:
        value = function(*arguments, **named)
        return "gave", _told(channel, value) if isinstance(value, Generator) else value
    except Exception as error:  # noqa: BLE001 - an edge: whatever it is, the process that asked raises it
        error.add_note("".join(traceback.format_exception(error)))
        return "raised", error if _travels(error) else RuntimeError(*error.__notes__)


def _told(channel: socket.socket, work: Generator[tuple[int, int], None, Any]) -> Any:
    """What the generator returns; what it yields is told as progress."""
    while True:
        try:
            done, of = next(work)
        except StopIteration as end:
            return end.value
        send(channel, ("progress", (done, of)))


def _travels(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - an exception of a library may do anything when it is copied
        return False
    return True


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal, which means the parent
    with suppress(EOFError, TimeoutError, ConnectionError):
        serve(socket.socket(fileno=int(sys.argv[1])))
