"""Addresses: from where somebody asks, as far as it tells one from another."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

HOUSEHOLD = 64
"""The bits of an IPv6 address that its network gives to one customer (RFC 6177); the rest anybody chooses freely."""
UNKNOWN = "unknown"
PASSED_ON = frozenset(
    {"forwarded", "via", "x-real-ip", "x-client-ip", "x-original-host", "cf-connecting-ip", "true-client-ip"}
)
"""Headers by which proxies say that they pass on what others ask; so do those that begin with x-forwarded."""


def address_of(connection: HTTPConnection) -> str:
    """The address that the server knows: a proxy's word on it counts where HUB_PROXIES says so. An IPv6 one by its /64."""
    found = _known(connection)
    if found is None:
        return UNKNOWN
    return str(found if isinstance(found, IPv4Address) else ip_network((found, HOUSEHOLD), strict=False))


def is_here(connection: HTTPConnection) -> bool:
    """Whether whoever asks is on this machine. A proxy here that names nobody whom it asks for cannot be told from them."""
    found = _known(connection)
    passed_on = any(name in PASSED_ON or name.startswith("x-forwarded") for name in connection.headers)
    return found is not None and found.is_loopback and not passed_on


def _known(connection: HTTPConnection) -> IPv4Address | IPv6Address | None:
    host = connection.client.host if connection.client else ""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
