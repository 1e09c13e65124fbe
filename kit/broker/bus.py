"""Bus: what the kit asks of a broker, whether it is RabbitMQ or lives in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kit.wire.envelope import Envelope


class Unavailable(Exception):  # noqa: N818
    """The wire is broken, nobody answers, or the deadline has passed; whether anything was done is unknown."""


class NotTaken(Unavailable):
    """Somebody answers, and does not take what it was given: never, or (`later`) not as things stand."""

    def __init__(self, reason: str, *, later: bool = False) -> None:
        super().__init__(reason)
        self.later = later


class Publisher(Protocol):
    """Takes responsibility for messages. `system` is its name in traces."""

    system: str

    def publish(self, envelopes: Sequence[Envelope]) -> None:
        """Return when the broker answers for all of them; raise Unavailable, within a bounded time, when it does not.

        Raises NotTaken where it does answer, and one of them at least is not taken; others may have been.
        """

    def close(self) -> None: ...


MakePublisher = Callable[[], Publisher]
