"""Settings of the web server: how much may come in before it is a request, how long that may take, and from how many at once."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from environs import Env
from marshmallow import ValidationError
from marshmallow.validate import Range

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class WebSettings:
    """`header_bytes` and `header_count` are of a request line and all headers together, `header_line` of the longest of them.

    They have `header_seconds` to arrive; a connection may rest for `idle_seconds` between two requests, and what is sent on
    it has to be taken in within several `send_seconds`. There are at most `connections`, of them `address_connections` from
    one address; an address of `proxies` is that of many people.
    """

    header_bytes: int
    header_line: int
    header_count: int
    header_seconds: float
    send_seconds: float
    idle_seconds: float
    connections: int
    address_connections: int
    proxies: tuple[Network, ...]

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            header_bytes=env.int("HEADER_BYTES", 32768, validate=Range(8192, 1048576)),
            header_line=env.int("HEADER_LINE", 8000, validate=Range(1000, 8000)),  # a WebSocket's may have 8192
            header_count=env.int("HEADER_COUNT", 100, validate=Range(20, 120)),  # a WebSocket's handshake may have 128
            header_seconds=env.float("HEADER_SECONDS", 15, validate=Range(0.1, 300)),
            send_seconds=env.float("SEND_SECONDS", 30, validate=Range(0.1, 3600)),
            idle_seconds=env.float("IDLE_SECONDS", 3660, validate=Range(1, 86400)),
            connections=env.int("CONNECTIONS", 800, validate=Range(1, 100000)),
            address_connections=env.int("ADDRESS_CONNECTIONS", 100, validate=Range(1, 100000)),
            proxies=_networks(env.str("PROXIES", "127.0.0.1,::1", validate=_networks) or ""),
        )


def _networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks in a list; raises ValidationError where something else stands in it."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValidationError(str(error)) from None
