"""on_message: the entrypoint of a handler, whose effect happens once for each message whatever the broker does.

What has come for a handler is taken together, in one transaction; `on_messages` is for one that gains by seeing it so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from nameko.extensions import Entrypoint

from contracts.base import Message
from kit.broker.consumer import Consumer
from kit.broker.topology import handler_queue
from kit.data.db import AWAY
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope
from kit.wire.serving import Runtime, Serving

Method = Callable[..., Any]
LONGEST_PAUSE = 5.0


class OnMessage(Entrypoint):
    """A subscriber with a durable queue of its own, named after service, method and version.

    Its method takes messages `together`, or each by itself.
    """

    consumer = Consumer()

    def __init__(self, *messages: type[Message], version: int, together: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.together = together
        self.types = tuple(message.type for message in messages)
        self.version = version

    @property
    def queue(self) -> str:
        return handler_queue(self.container.service_name, self.method_name, self.version)

    def setup(self) -> None:
        self.consumer.hear(self)

    def stop(self) -> None:
        self.consumer.pause()


def on_message(*messages: type[Message], version: int = 1) -> Callable[[Method], Method]:
    """A handler: `def keep_member(self, session, message, envelope)`.

    It runs in one transaction with the inbox row that remembers it, and perhaps with the messages before and behind it: it
    may be rolled back and called again. It may be called in any order of messages: a read model keeps the newest version
    of a subject.
    """
    return _entrypoint(messages, version, together=False)


def on_messages(*messages: type[Message], version: int = 1) -> Callable[[Method], Method]:
    """A handler of all that has come: `def announce(self, session, received: Sequence[Received])`, in the order of arrival.

    All else is as with `on_message`; what belongs to one of them is written while that one is `acting`.
    """
    return _entrypoint(messages, version, together=True)


def _entrypoint(messages: tuple[type[Message], ...], version: int, *, together: bool) -> Callable[[Method], Method]:
    def decorate(method: Method) -> Method:
        @wraps(method)
        def entrypoint(service: Serving, envelopes: Sequence[Envelope]) -> bool:
            return write_down(service.runtime, handler_queue(service.name, method.__name__, version), envelopes)

        decorated: Method = OnMessage.decorator(*messages, version=version, together=together)(entrypoint)
        return decorated

    return decorate


def write_down(runtime: Runtime, queue: str, envelopes: Sequence[Envelope]) -> bool:
    """Whether these may be acked: yes once the database knows of them; while that is away, wait and try again."""
    pause = 0.2
    while True:
        try:
            runtime.receive(queue, envelopes)
        except AWAY as error:
            log(__name__).warning("a message waits for the database", queue=queue, error=type(error).__name__)
            if runtime.stopping.wait(pause):
                return False
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return True
