"""Scripted: the whole graph over services that answer what a test says, and overhear what a test lets pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing
from typing import Any

from gateway.app import LIVE
from gateway.context import Context
from gateway.live import Live
from gateway.locale import Locale
from gateway.problems import report
from gateway.protocol.documents import Documents
from gateway.protocol.operations import Operations, Parameters
from gateway.rpc import Rpc
from gateway.schema import graphql_schema
from gateway.viewer import Identity
from kit.context import Context as CallContext
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.wire.request import Payload, Request

Answering = Callable[[Request], Any]


class ScriptedServices:
    """A wire: `answers` names for each `service.method` what gives its result, `calls` are those that came."""

    def __init__(self, **answers: Answering) -> None:
        self.answers = {name.replace("__", "."): answer for name, answer in answers.items()}
        self.calls: list[str] = []
        self._hearing: list[tuple[tuple[str, ...], Callable[[Envelope], None]]] = []

    async def send(self, service: str, request: Request) -> Payload:
        if request.method == "batch":
            calls = [request.with_call(call["method"], call["arguments"]) for call in request.arguments["calls"]]
            return {"result": [await self.send(service, call) for call in calls], "error": None}
        name = f"{service}.{request.method}"
        self.calls.append(name)
        return {"result": self.answers[name](request), "error": None}

    def overhear(self, types: Iterable[str], hear: Callable[[Envelope], None]) -> None:
        self._hearing.append((tuple(types), hear))

    def pass_by(self, *envelopes: Envelope) -> None:
        """Let the gateway overhear these, all within one turn of its loop."""
        for envelope in envelopes:
            for types, hear in self._hearing:
                if envelope.type in types:
                    hear(envelope)

    def connected(self) -> bool:
        return True


class ScriptedGateway:
    """What a socket is answered: one context for all of its operations."""

    def __init__(self, services: ScriptedServices, viewer: str = "office", locale: Locale = "en") -> None:
        schema = graphql_schema()
        caller = CallContext(Viewer(viewer), locale, "the socket's")
        self.context = Context(Identity(viewer), locale, Rpc(services, caller, 5), Live(services, LIVE), "the socket's")
        self._operations = Operations(schema, Documents(schema), report, 5)
        self._locale = locale

    async def answers(self, query: str, **variables: Any) -> AsyncIterator[dict[str, Any]]:
        """The bodies that come, one for a query, one for each event of a subscription."""
        stream = self._operations.answers(Parameters(query, variables=variables), self.context, self._locale)
        async with aclosing(stream) as answers:
            async for answer in answers:
                yield answer.body

    async def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The one body that comes."""
        [body] = [body async for body in self.answers(query, **variables)]
        return body
