"""Context: what the resolvers of one GraphQL operation work with: who asks, in which language, over which wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from gateway.live import Live
from gateway.rpc import Rpc
from gateway.viewer import Identity


class Loader(Protocol):
    """A data loader of one operation: batches the loads of one turn of the loop into one call."""

    def __init__(self, rpc: Rpc) -> None: ...


AnyLoader = TypeVar("AnyLoader", bound=Loader)


@dataclass
class Context:
    """`identity` is None for a visitor; `locale` is zh-CN or en; `address` is where people reach the hub."""

    identity: Identity | None
    locale: str
    rpc: Rpc
    live: Live
    correlation_id: str
    address: str = ""
    _loaders: dict[type[Any], Any] = field(default_factory=dict)

    @property
    def expires_at(self) -> datetime | None:
        """When the caller's token ends, and with it whatever they are subscribed to."""
        return self.identity.expires_at if self.identity else None

    def loader(self, kind: type[AnyLoader]) -> AnyLoader:
        """The one loader of this kind in this operation."""
        if kind not in self._loaders:
            self._loaders[kind] = kind(self.rpc)
        found: AnyLoader = self._loaders[kind]
        return found

    def in_language(self, zh: str, en: str) -> str:
        return en if self.locale == "en" else zh
