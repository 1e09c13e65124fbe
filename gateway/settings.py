"""Settings of the gateway: which pages may ask it, by which names, how much, how long it waits, and if it shows its schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class GatewaySettings:
    """`allowed_origins` are pages besides our own, `rpc_timeout` seconds for one call, `body_bytes` the largest request.

    `hosts` are the names under which it answers; `requests` are answered at once, of one address `address_requests`.
    `introspection` is whether it shows its schema: to whoever asks, in suggestions, and in GraphiQL.
    """

    allowed_origins: tuple[str, ...]
    rpc_timeout: float
    body_bytes: int
    introspection: bool
    hosts: tuple[str, ...]
    requests: int
    address_requests: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            allowed_origins=tuple(env.list("ALLOWED_ORIGINS", [])),
            rpc_timeout=env.float("RPC_TIMEOUT", 5, validate=Range(0.1, 60)),
            body_bytes=env.int("BODY_BYTES", 1_048_576, validate=Range(1_024, 16_777_216)),
            introspection=env.bool("INTROSPECTION", True),
            hosts=tuple(env.list("HOSTS", [])),
            requests=env.int("REQUESTS", 300, validate=Range(1, 100_000)),
            address_requests=env.int("ADDRESS_REQUESTS", 100, validate=Range(1, 100_000)),
        )
