"""Coming: the messages of one handler that have come on one channel, taken in their order, so many together at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from kit.broker import amqp
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope

Begin = Callable[[Sequence[Envelope], Callable[[Any, bool, Any], tuple[bool, Any]]], object]
"""Has messages handled elsewhere, and what came of it told; returns at once."""


class Coming:
    """One batch is handled at a time; what comes meanwhile is the next one.

    What comes again is taken alone: it may have ended its reader, and must not take others with it for ever.
    """

    def __init__(self, most: int, begin: Begin) -> None:
        self._most = most
        self._begin = begin
        self._waiting: deque[tuple[Any, Envelope]] = deque()
        self._taken: list[Any] = []

    def add(self, message: Any, envelope: Envelope) -> None:
        self._waiting.append((message, envelope))
        if not self._taken:
            self._take()

    def _take(self) -> None:
        batch = [self._waiting.popleft()]
        while self._waiting and len(batch) < self._most and not _again(batch[0]) and not _again(self._waiting[0]):
            batch.append(self._waiting.popleft())
        self._taken = [message for message, _ in batch]
        self._begin([envelope for _, envelope in batch], self._ended)

    def _ended(self, _worker: Any, written_down: bool, exc_info: Any) -> tuple[bool, Any]:
        """Ack what is written down. What ended its reader comes again, and becomes a dead letter after DELIVERY_LIMIT times.

        Where neither could be said, or the service stops, what waits will come again too.
        """
        try:
            if written_down:
                self._taken[-1].channel.basic_ack(self._taken[-1].delivery_tag, multiple=True)
            elif exc_info:
                for message in self._taken:
                    message.channel.basic_reject(message.delivery_tag, requeue=True)
            else:
                self._waiting.clear()
        except amqp.BROKEN:
            log(__name__).info("messages could not be acked and will come again, the connection is gone")
            self._waiting.clear()
        self._taken = []
        if self._waiting:
            self._take()
        return written_down, exc_info


def _again(waiting: tuple[Any, Envelope]) -> bool:
    return bool(waiting[0].delivery_info["redelivered"])
