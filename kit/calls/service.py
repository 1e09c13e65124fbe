"""Service: what every service class inherits: its runtime, and the batch call that carries several reads in one message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from nameko.extensions import DependencyProvider
from opentelemetry.trace import SpanKind
from sqlalchemy import MetaData

from contracts.base import Refusal
from contracts.forms import Input, listing, mapping, nested, read, text
from kit.calls.acting import actions
from kit.calls.composition import refuse_doubles
from kit.calls.hooks import hooks_of
from kit.calls.rpc import Rpc
from kit.data.db import Session
from kit.telemetry import tracing
from kit.wire.request import MOST_IN_BATCH, Payload, Request, malformed_payload, refused_payload
from kit.wire.serving import Runtime


class RuntimeProvider(DependencyProvider):
    """Gives each worker the process's runtime; the runner puts it into nameko's configuration."""

    def get_dependency(self, worker_ctx: Any) -> Runtime:
        return cast(Runtime, self.container.config["runtime"])


class _Call(Input):
    method = text(max=100)
    arguments = mapping()


class _Batch(Input):
    calls = listing(nested(_Call), min=1, max=MOST_IN_BATCH)


class Service:
    """The base of the four service classes: an ordinary nameko service whose entrypoints are the kit's."""

    name: ClassVar[str]
    tables: ClassVar[MetaData]
    runtime = cast(Runtime, RuntimeProvider())

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        refuse_doubles(cls)

    @Rpc.decorator(reads=True)
    def batch(self, request: Request) -> Payload:
        """Several reads in one message: `calls` is a list of {method, arguments}; the result lists their payloads."""
        try:
            calls = read(_Batch(), request.arguments)["calls"]
        except Refusal as refusal:
            return refused_payload(refusal)
        name = f"{self.name}/batch"
        attributes = {"rpc.system.name": "nameko", "rpc.method": name}
        with tracing.span(name, SpanKind.SERVER, attributes, request.traceparent):
            payloads = [self._one(request.with_call(call["method"], call["arguments"])) for call in calls]
        return {"result": payloads, "error": None}

    def hooked(self, hook: str) -> list[Callable[..., Any]]:
        """The methods that follow this hook, family by family."""
        return [getattr(self, name) for name in hooks_of(type(self), hook)]

    def actions_on(
        self, session: Session, things: Sequence[Any], *, kind: type[Any], whose: str
    ) -> list[dict[str, Any]]:
        """What the viewer can do about these things of one kind, by the commands of all families (kit.calls.acting)."""
        said = {name: each for name, each in self.runtime.methods.items() if each.acts and each.acts.about is kind}
        commands = {name: (each.right, each.acts) for name, each in sorted(said.items())}
        return actions(session, commands, things, whose)

    def _one(self, request: Request) -> Payload | None:
        if request.method not in self.runtime.reads or request.method == "batch":
            return malformed_payload(f"{request.method!r} is not a method that only reads")
        return cast("Payload | None", getattr(self, request.method)(request))
