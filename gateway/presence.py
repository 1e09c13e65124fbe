"""Presence: whether anybody takes calls to a service, as the broker said a moment ago; the queue of calls is always there."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from kit.broker import amqp
from kit.broker.bus import Unavailable
from kit.broker.topology import rpc_queue


class Presence:
    """Asks on a channel of its own, of one queue after the other: when a service is first called, and whenever `look` is said.

    A service of which the last answer was nobody is asked for with each call, once for all that wait.
    """

    def __init__(self) -> None:
        self._channel: Any = None
        self._known: dict[str, int] = {}
        self._asking: dict[str, asyncio.Future[int]] = {}
        self._line: deque[str] = deque()

    def attach(self, channel: Any) -> None:
        """From now on ask here."""
        amqp.on_look(channel, self._seen, self._absent)
        self._channel = channel

    async def consumers(self, service: str) -> int:
        """How many take calls to this service; raises Unavailable where the broker goes away before it says so.

        That nobody did is not believed a moment later: who has just come up is called, and a command is not sent a second time.
        """
        queue = rpc_queue(service)
        if known := self._known.get(queue):
            return known
        if queue not in self._asking:
            self._asking[queue] = asyncio.get_running_loop().create_future()
            self._asking[queue].add_done_callback(lambda asked: asked.exception())  # whether or not anybody still waits
            self._ask(queue)
        return await asyncio.shield(self._asking[queue])

    def look(self) -> None:
        """Ask again of everybody that has been called, unless the last answers are still to come."""
        if not self._line:
            for queue in self._known:
                self._ask(queue)

    def forget(self) -> None:
        """The connection is gone, and with it what was known."""
        self._known.clear()
        self._line.clear()
        asking, self._asking = self._asking, {}
        for asked in asking.values():
            asked.set_exception(Unavailable("the connection to the broker broke"))

    def _ask(self, queue: str) -> None:
        self._line.append(queue)
        if len(self._line) == 1:
            amqp.look(self._channel, queue)

    def _seen(self, queue: str, _messages: int, consumers: int) -> None:
        self._known[queue] = consumers
        self._answer(queue, consumers)

    def _absent(self) -> None:
        """There is no such queue: nobody was ever meant to serve it."""
        self._known.pop(self._line[0], None)
        self._answer(self._line[0], 0)

    def _answer(self, queue: str, consumers: int) -> None:
        self._line.popleft()
        if self._line:
            amqp.look(self._channel, self._line[0])
        if queue in self._asking:
            self._asking.pop(queue).set_result(consumers)
