"""Addresses: from where somebody asks, as far as those say so whom the hub trusts to say it."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
HOUSEHOLD = 64
"""The bits of an IPv6 address that its network gives to one customer (RFC 6177); the rest anybody chooses freely."""
UNKNOWN = "unknown"


def address_of(connection: HTTPConnection, trusted: Iterable[Network]) -> str:
    """The address that the last trusted proxy was asked from, or that of the connection itself; an IPv6 one by its /64."""
    found = _read(connection.client.host if connection.client else "")
    passed_on = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
    while found and passed_on and _among(found, trusted):
        before = _read(passed_on.pop().strip())
        if before is None:
            break
        found = before
    return _place(found) if found else UNKNOWN


def _read(text: str) -> Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _among(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _place(address: Address) -> str:
    return str(address if address.version == 4 else ip_network((address, HOUSEHOLD), strict=False))
