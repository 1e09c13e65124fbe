"""Target: a running gateway, as the checks of independent clients need to know it."""

import json
from dataclasses import asdict, dataclass, field

from tests.gateway.protocol.tiny_gateway import BAD_TOKEN


@dataclass(frozen=True)
class Target:
    """A running gateway: its address, a subscription that goes on by itself, and credentials that it refuses."""

    url: str
    streaming: str = "subscription { forever }"
    events: int = 3
    refusedPayload: dict[str, str] = field(default_factory=lambda: {"token": BAD_TOKEN})  # noqa: N815 - read by the script

    def for_sockets(self) -> str:
        return json.dumps({**asdict(self), "url": self.url.replace("http", "ws", 1)})
