"""Serving: what an entrypoint sees of its service and of what the service runs on, whichever runner brought them to life."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from kit.data.db import Database
from kit.settings import Settings
from kit.wire.envelope import Envelope
from kit.wire.request import Payload


class Endings(Protocol):
    """Lets a caller sleep until a job has ended."""

    def first(self, look: Callable[[], Payload | None], until: float) -> Payload | None:
        """What `look` gives once that is something; None at that time of the machine's clock."""


class Gathering(Protocol):
    """Has a call carried out together with others that have come."""

    def settle(self, call: Any, carry_out: Callable[[Sequence[Any]], None]) -> None: ...


class Runtime(Protocol):
    """What a service runs on, as far as its methods may know of it; `methods` are those that can be called, `reads` names
    those that only read.

    `gatherings` are by the methods whose calls are carried out together.
    """

    database: Database
    settings: Settings
    reads: set[str]
    methods: dict[str, Any]
    stopping: threading.Event

    @property
    def gatherings(self) -> Mapping[str, Gathering]: ...

    @property
    def endings(self) -> Endings: ...

    def receive(self, queue: str, envelopes: Sequence[Envelope]) -> None:
        """Let messages take effect; see Inbox.receive."""


class Serving(Protocol):
    """A service that has been brought to life."""

    @property
    def name(self) -> str: ...

    @property
    def runtime(self) -> Runtime: ...
