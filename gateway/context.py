"""Context: what the resolvers of one GraphQL operation work with: who asks, in which language, over which wire."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from gateway.live import Live
from gateway.rpc import Rpc
from gateway.sign_in.ended_sessions import EndedSessions
from gateway.viewer import Identity
from kit.ids import new_id


class Loader(Protocol):
    """A data loader of one operation: batches the loads of one turn of the loop into one call."""

    def __init__(self, rpc: Rpc) -> None: ...


AnyLoader = TypeVar("AnyLoader", bound=Loader)


@dataclass
class Context:
    """`identity` is None for a visitor; `locale` is zh-CN or en; `address` is where people reach the hub.

    `payers` are the budgets that pay for what is asked.
    """

    identity: Identity | None
    locale: str
    rpc: Rpc
    live: Live
    correlation_id: str
    address: str = ""
    payers: tuple[str, ...] = ()
    ended: EndedSessions | None = None
    _loaders: dict[type[Any], Any] = field(default_factory=dict, init=False)

    held: ExitStack = field(default_factory=ExitStack, init=False)
    """What its socket holds for as long as it is open."""

    @property
    def public(self) -> bool:
        """Whether everybody would be answered the same in this language."""
        return self.identity is None

    def leave(self) -> None:
        """Its socket has ended."""
        self.held.close()

    @property
    def expires_at(self) -> datetime | None:
        """When the caller's token ends, and with it whatever they are subscribed to."""
        return self.identity.expires_at if self.identity else None

    def watch_end(self, close: Callable[[], None]) -> None:
        """Have `close` called when the sessions of the caller are ended, for as long as the socket is open."""
        if self.identity is not None and self.ended is not None:
            self.held.callback(self.ended.watch(self.identity, close))

    async def command(
        self, service: str, method: str, arguments: dict[str, Any], idempotency_key: str | None = None
    ) -> Any:
        """As Rpc.command; whatever came of it, what was loaded before is loaded afresh from then on."""
        try:
            return await self.rpc.command(service, method, arguments, idempotency_key)
        finally:
            self._loaders.clear()

    def afresh(self) -> Context:
        """The context of the next operation, or the next event, on the same socket: nothing is loaded yet."""
        correlation_id = new_id()
        rpc = replace(self.rpc, context=replace(self.rpc.context, correlation_id=correlation_id))
        return replace(self, rpc=rpc, correlation_id=correlation_id)

    def loader(self, kind: type[AnyLoader]) -> AnyLoader:
        """The one loader of this kind, until a command may have changed what it knows."""
        if kind not in self._loaders:
            self._loaders[kind] = kind(self.rpc)
        found: AnyLoader = self._loaders[kind]
        return found

    def in_language(self, zh: str, en: str) -> str:
        return en if self.locale == "en" else zh
