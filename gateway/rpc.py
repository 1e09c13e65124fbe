"""RPC from the gateway: one person's calls within one request, with a deadline; reads are carried together and tried twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from opentelemetry.trace import SpanKind

from contracts.base import Refusal
from gateway.metrics import CALLS
from gateway.protocol.faults import Fault
from kit.broker.bus import Unavailable
from kit.context import Context
from kit.telemetry import tracing
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope
from kit.wire.reply import payload_of
from kit.wire.request import FAULTS, MOST_IN_BATCH, Malformed, Payload, Request, outcome_of

PAUSE = 0.2  # seconds, about, before a read is asked a second time

Question = tuple[str, dict[str, Any], asyncio.Future[Any]]
"""A method, its arguments, and where the answer goes."""


class Wire(Protocol):
    """What carries calls to the services and lets messages be overheard: RabbitMQ, or this very process."""

    async def send(self, service: str, request: Request) -> Payload:
        """The payload of the answer; raises Unavailable at once where nobody serves, else at the deadline."""
        ...

    def overhear(self, types: Iterable[str], hear: Callable[[Envelope], None]) -> None:
        """Be told of messages that pass from now on, without any promise; `hear` runs on the event loop."""
        ...

    def connected(self) -> bool: ...


class TooBusy(Unavailable):
    """The answer would have come too late, so the call was not sent: nothing was done, and it may be tried in a moment."""


class Refused(Exception):  # noqa: N818
    """A service refused; `refusals` say why, in the form in which the problems of a payload show them."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals


class Faulty(Exception):  # noqa: N818
    """A service failed and has logged it under this correlation id."""

    def __init__(self, correlation_id: str) -> None:
        super().__init__(correlation_id)
        self.correlation_id = correlation_id


@dataclass
class Rpc:
    """The calls of one GraphQL operation, at most `most_calls` of them where that is given."""

    wire: Wire
    context: Context
    timeout: float
    most_calls: int | None = None
    made: int = field(default=0, init=False)
    _waiting: dict[str, list[Question]] = field(default_factory=dict, init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def command(
        self, service: str, method: str, arguments: dict[str, Any], idempotency_key: str | None = None
    ) -> Any:
        """Have something done; sent once, never repeated. Raises Refused, Unavailable, Faulty, or TOO_MANY_CALLS.

        Unavailable leaves open whether it was done; TooBusy, which is one, does not: it was not.
        """
        self._count()
        return _unwrap(await self._send(service, method, arguments, idempotency_key))

    async def query(self, service: str, method: str, **arguments: Any) -> Any:
        """Ask something; the questions that one turn of the loop puts to a service travel in one message.

        Raises as `command` does.
        """
        self._count()
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(service, [])
        waiting.append((method, {name: value for name, value in arguments.items() if value is not None}, answer))
        if len(waiting) == 1:
            asyncio.get_running_loop().call_soon(self._depart, service)
        return await answer

    def _count(self) -> None:
        self.made += 1
        if self.most_calls is not None and self.made > self.most_calls:
            raise Fault("TOO_MANY_CALLS", allowed=self.most_calls)

    def _depart(self, service: str) -> None:
        waiting = self._waiting.pop(service)
        for start in range(0, len(waiting), MOST_IN_BATCH):
            task = asyncio.create_task(self._carry(service, waiting[start : start + MOST_IN_BATCH]))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, service: str, questions: list[Question]) -> None:
        asked: tuple[list[Any] | BaseException]
        asked = await asyncio.gather(self._ask(service, questions), return_exceptions=True)
        payloads = asked[0]
        if isinstance(payloads, BaseException):  # a bug too: whoever asked raises it, and nobody waits on
            for _, _, answer in questions:
                _settle(answer, payloads)
            return
        for (_, _, answer), payload in zip(questions, payloads, strict=True):
            try:
                _settle(answer, _unwrap(payload))
            except (Refused, Faulty, Unavailable) as error:
                _settle(answer, error)

    async def _ask(self, service: str, questions: list[Question]) -> list[Any]:
        """What came for each question; whether it is a payload is not known yet."""
        if len(questions) == 1:
            method, arguments, _ = questions[0]
            return [await self._read(service, method, arguments)]
        calls = [{"method": method, "arguments": arguments} for method, arguments, _ in questions]
        answers = _unwrap(await self._read(service, "batch", {"calls": calls}))
        if not isinstance(answers, list) or len(answers) != len(questions):
            raise Unavailable("a batch has as many answers as questions")
        return answers

    async def _read(self, service: str, method: str, arguments: dict[str, Any]) -> Payload:
        """A read may be asked a second time, within the same deadline and after a pause.

        Without it all that one broken connection has lost would come back at once, to a service that has just come back itself.
        """
        deadline = time.time() + self.timeout
        try:
            return await self._send(service, method, arguments, deadline=deadline)
        except TooBusy:
            raise
        except Unavailable:
            pause = PAUSE * random.uniform(0.5, 1.5)
            if time.time() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        return await self._send(service, method, arguments, deadline=deadline)

    async def _send(
        self,
        service: str,
        method: str,
        arguments: dict[str, Any],
        idempotency_key: str | None = None,
        *,
        deadline: float | None = None,
    ) -> Payload:
        """One call on the wire, timed, counted, and a span of its trace."""
        began, name, outcome = time.perf_counter(), f"{service}/{method}", "unavailable"
        attributes = {"rpc.system.name": "nameko", "rpc.method": name}
        try:
            with tracing.span(name, SpanKind.CLIENT, attributes) as span:
                deadline = deadline or time.time() + self.timeout
                traceparent = tracing.traceparent()
                request = Request(method, arguments, self.context, deadline, idempotency_key, traceparent)
                payload = await self.wire.send(service, request)
                outcome = outcome_of(payload)
                if outcome in FAULTS:
                    tracing.fail(span, outcome)
                return payload
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        except TooBusy:
            outcome = "shed"
            raise
        finally:
            CALLS.labels(service, method, outcome).observe(time.perf_counter() - began)


def _settle(answer: asyncio.Future[Any], outcome: Any) -> None:
    if answer.done():
        return
    if isinstance(outcome, BaseException):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)


def _unwrap(found: Any) -> Any:
    """The result in a payload; raises what it holds instead, and Unavailable where it is none."""
    if found is None:
        raise Unavailable("the deadline has passed")
    try:
        payload = payload_of(found)
    except Malformed as malformed:
        log(__name__).error("a reply could not be read", reason=str(malformed))
        raise Unavailable("the reply could not be read") from None
    error = payload["error"]
    if error is None:
        return payload["result"]
    if error.get("kind") == "refusal":
        raise Refused([Refusal.of(problem) for problem in error["problems"]])
    if error.get("kind") == "unavailable":
        raise Unavailable(str(error.get("value")))
    raise Faulty(str(error.get("value")))
