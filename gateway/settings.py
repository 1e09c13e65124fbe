"""Settings of the gateway: which pages may ask it, by which names, how much, how long it waits, and if it shows its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env
from marshmallow import ValidationError
from marshmallow.validate import Range

from kit.settings import SERVICES
from kit.wire.agreed_keys import public_of


@dataclass(frozen=True)
class GatewaySettings:
    """`allowed_origins` are pages besides our own, `rpc_timeout` seconds for one call, `body_bytes` the largest request.

    `call_key` is the PEM file by which calls are signed, `service_keys` the public keys of services with which others are agreed;
    `reply_queues` are as many as gateways run at once.
    `hosts` are the names under which it answers; `requests` are answered at once, of one address `address_requests`.
    `sure_calls` of one method are sent however slowly it answers. `persisted_queries` documents may be named by their hash;
    for `public_seconds` anybody may keep an answer that everybody may read.
    `introspection` is whether it shows its schema: to whoever asks, in suggestions, and in GraphiQL.
    """

    allowed_origins: tuple[str, ...]
    rpc_timeout: float
    body_bytes: int
    introspection: bool
    call_key: Path | None
    service_keys: Mapping[str, str]
    reply_queues: int
    hosts: tuple[str, ...]
    requests: int
    address_requests: int
    sure_calls: int
    persisted_queries: int
    public_seconds: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            allowed_origins=tuple(env.list("ALLOWED_ORIGINS", [])),
            rpc_timeout=env.float("RPC_TIMEOUT", 5, validate=Range(0.1, 60)),
            body_bytes=env.int("BODY_BYTES", 1_048_576, validate=Range(1_024, 16_777_216)),
            introspection=env.bool("INTROSPECTION", True),
            call_key=env.path("CALL_KEY", None),
            service_keys=env.dict("SERVICE_KEYS", {}, validate=_check_keys),
            reply_queues=env.int("REPLY_QUEUES", 32, validate=Range(1, 1000)),
            hosts=tuple(env.list("HOSTS", [])),
            requests=env.int("REQUESTS", 300, validate=Range(1, 100_000)),
            address_requests=env.int("ADDRESS_REQUESTS", 100, validate=Range(1, 100_000)),
            persisted_queries=env.int("PERSISTED_QUERIES", 1_000, validate=Range(0, 100_000)),
            public_seconds=env.int("PUBLIC_SECONDS", 30, validate=Range(0, 86_400)),
            sure_calls=env.int("SURE_CALLS", 32, validate=Range(1, 10_000)),
        )


def _check_keys(keys: Mapping[str, str]) -> None:
    """Each is the public key of a service, by its name."""
    for service, text in keys.items():
        try:
            public_of(text)
        except ValueError:
            raise ValidationError(f"{service}: `hub broker agree` prints what belongs here") from None
        if service not in SERVICES:
            raise ValidationError(f"there is no service {service}")
