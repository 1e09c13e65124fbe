"""Apart: runs a function in a process of its own, so that neither its processor time nor its death are ours.

A library that computes holds Python's lock and the one thread of a cooperative process; a child holds neither. Children are
kept for the next who asks, because what they have imported took a second.
"""

from __future__ import annotations

import atexit
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kit.work.child import Frames, send

TICK = 0.2  # seconds between two looks at whether the result is still wanted
MOST_IDLE = 2

Tick = Callable[[int, int], None]
"""Told (done, of) a few times a second; what it raises ends the child and the computing."""


class Died(Exception):  # noqa: N818 - what became of the child
    """The child ended before it had answered: killed, out of memory, or a crash of a library."""


class OutOfTime(Died):
    """The child took longer than it may."""


@dataclass(frozen=True)
class Limits:
    """What one computing may take: seconds of time and bytes of address space."""

    seconds: int
    memory: int


class _Child:
    """One process and our end of its socket, on which eventlet waits cooperatively and a plain thread without the lock."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        theirs.setblocking(True)
        command = [sys.executable, "-P", "-m", "kit.work.child", str(theirs.fileno())]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
        theirs.close()
        self._frames = Frames(self._channel)
        self.used = False

    def alive(self) -> bool:
        return self._process.poll() is None

    def compute(self, task: tuple[Any, ...], tick: Tick) -> tuple[str, Any]:
        self._channel.settimeout(None)
        send(self._channel, task)
        self._channel.settimeout(TICK)
        told, ticked_at = (0, 0), time.monotonic()
        while True:
            with suppress(TimeoutError):
                kind, value = self._frames.receive()
                if kind != "progress":
                    self.used = True
                    return kind, value
                told = value
            if time.monotonic() - ticked_at >= TICK:
                tick(*told)
                ticked_at = time.monotonic()

    def end(self) -> int:
        """Kill it; returns the signal that it died of, if it had died before."""
        self._channel.close()
        with suppress(subprocess.TimeoutExpired):
            return -self._process.wait(0.5)
        self._process.kill()
        return -self._process.wait()

    def kill(self) -> None:
        self._process.kill()
        self.end()


_idle: list[_Child] = []


def apart(limits: Limits, tick: Tick, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What the function gives for these arguments, or raises; all of it must be picklable.

    A generator may yield (done, of) on its way. Raises OutOfTime or Died where the child ends without an answer.
    """
    how, value = answered(limits, tick, function, *arguments, **named)
    if how == "raised":
        raise value
    return value


def answered(
    limits: Limits, tick: Tick, function: Callable[..., Any], *arguments: Any, **named: Any
) -> tuple[str, Any]:
    """As `apart`, but ("gave", value) or ("raised", error) for what the function itself has given or raised."""
    task = (function, arguments, named, limits.seconds, limits.memory)
    child = _taken()
    try:
        answer = child.compute(task, tick)
    except (EOFError, ConnectionError):
        died_of = child.end()
        if child.used and not died_of:  # it had just gone for having been idle
            return answered(limits, tick, function, *arguments, **named)
        reason = OutOfTime if died_of == signal.SIGALRM else Died
        raise reason(f"{function.__qualname__} ended by signal {died_of}") from None
    except BaseException:
        child.kill()
        raise
    _give_back(child)
    return answer


def _taken() -> _Child:
    while _idle:
        child = _idle.pop()
        if child.alive():
            return child
        child.end()
    return _Child()


def _give_back(child: _Child) -> None:
    if len(_idle) < MOST_IDLE:
        _idle.append(child)
    else:
        child.kill()


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().kill()
