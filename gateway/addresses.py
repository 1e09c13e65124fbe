"""Addresses: from where somebody asks, as far as it tells one from another."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from starlette.requests import HTTPConnection

HOUSEHOLD = 64
"""The bits of an IPv6 address that its network gives to one customer (RFC 6177); the rest anybody chooses freely."""
UNKNOWN = "unknown"


def address_of(connection: HTTPConnection) -> str:
    """The address that the server knows: a proxy's word on it counts where HUB_PROXIES says so. An IPv6 one by its /64."""
    host = connection.client.host if connection.client else ""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return UNKNOWN
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found if isinstance(found, IPv4Address) else ip_network((found, HOUSEHOLD), strict=False))
