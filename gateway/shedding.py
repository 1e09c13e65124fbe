"""Shedding: a call that would not be answered in its time is refused before it is sent, while nothing of it can be done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from gateway.rpc import TooBusy, Wire
from kit.wire.envelope import Envelope
from kit.wire.request import Payload, Request

WINDOW = 1.0  # seconds over which the answers of a crowd are counted

Now = Callable[[], float]


class Line:
    """The calls of one method that are under way. They are a crowd from `sure` on, and only a crowd tells how fast it moves."""

    def __init__(self, sure: int) -> None:
        self._sure = sure
        self._under_way = 0
        self._pace = 0.0  # seconds between two answers, as the last crowd had them; nothing is known at rest
        self._answers = 0
        self._counted_since = self._heard_at = 0.0

    def wait(self, now: float) -> float:
        """Seconds that one more call is likely to wait; none at rest, and as long again where nobody has answered."""
        if self._under_way < self._sure:
            return 0.0
        return max(self._under_way * self._pace, now - self._heard_at)

    def enter(self, now: float) -> None:
        if not self._under_way:
            self._heard_at = now
        self._under_way += 1
        if self._under_way == self._sure:
            self._answers, self._counted_since = 0, now

    def answered(self, now: float) -> None:
        self._heard_at = now
        self._answers += 1
        counted = now - self._counted_since
        if self._under_way >= self._sure and counted >= WINDOW:
            self._pace = counted / self._answers
            self._answers, self._counted_since = 0, now

    def leave(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._pace = 0.0


class Shedding:
    """A wire that sends what can be answered in time. The first `sure` calls of a method are sent whatever is known of it.

    So whoever recovers is asked and noticed; a call that was sent is never given up before its time.
    """

    def __init__(self, wire: Wire, sure: int, now: Now = time.monotonic) -> None:
        self._wire = wire
        self._sure = sure
        self._now = now
        self._lines: dict[tuple[str, str], Line] = {}

    async def send(self, service: str, request: Request) -> Payload:
        """As Wire.send; raises TooBusy where the answer is likely to come too late, and nothing was sent then."""
        line = self._lines.setdefault((service, request.method), Line(self._sure))
        wait = line.wait(self._now())
        if request.deadline is not None and wait > request.deadline - time.time():
            raise TooBusy(f"{service} would answer {request.method} in {wait:.1f} s")
        line.enter(self._now())
        try:
            payload = await self._wire.send(service, request)
            line.answered(self._now())
        finally:
            line.leave()
        return payload

    def overhear(self, types: Iterable[str], hear: Callable[[Envelope], None]) -> None:
        """As Wire.overhear."""
        self._wire.overhear(types, hear)

    def connected(self) -> bool:
        return self._wire.connected()
