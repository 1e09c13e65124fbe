"""on_message: the entrypoint of a handler, whose effect happens once for each message whatever the broker does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from nameko.extensions import Entrypoint
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.base import Message
from kit.broker.consumer import Consumer
from kit.broker.topology import handler_queue
from kit.data.db import DatabaseBusy
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope
from kit.wire.serving import Runtime, Serving

Method = Callable[..., Any]
LONGEST_PAUSE = 5.0


class OnMessage(Entrypoint):
    """A subscriber with a durable queue of its own, named after service, method and version."""

    consumer = Consumer()

    def __init__(self, *messages: type[Message], version: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
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

    It runs in one transaction with the inbox row that remembers it. It may be called in any order of messages: a read
    model keeps the newest version of a subject.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def entrypoint(service: Serving, envelope: Envelope) -> bool:
            return write_down(service.runtime, handler_queue(service.name, method.__name__, version), envelope)

        decorated: Method = OnMessage.decorator(*messages, version=version)(entrypoint)
        return decorated

    return decorate


def write_down(runtime: Runtime, queue: str, envelope: Envelope) -> bool:
    """Whether the message may be acked: yes once the database knows of it; while that is away, wait and try again."""
    pause = 0.2
    while True:
        try:
            runtime.receive(queue, envelope)
        except (OperationalError, PoolTimeout, DatabaseBusy) as error:
            log(__name__).warning("a message waits for the database", queue=queue, error=type(error).__name__)
            if runtime.stopping.wait(pause):
                return False
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return True
