"""Connections: how many connections there may be, in all and from one address, and which of them makes room."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Any

from hub.web.settings import WebSettings

LINGERING = 1.1
"""So many times the connections may be open for a moment, while those that were refused read why."""


class Connections:
    """Counts what the server itself holds open, so that no count of its own can go wrong."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

    def admits(self, newcomer: Any, connections: Iterable[Any]) -> bool:
        """Whether there is a place for it; where all are taken, the stranger's that has rested longest ends for it."""
        others = [one for one in connections if one is not newcomer]
        address = self.stranger(newcomer)
        if address and sum(self.stranger(one) == address for one in others) >= self._settings.address_connections:
            return False
        return len(others) < self._settings.connections or self._make_room(others)

    def lingers(self, connections: int) -> bool:
        """Whether one that is refused may still read why."""
        return connections <= self._settings.connections * LINGERING

    def stranger(self, connection: Any) -> str | None:
        """The address of one person or house, of IPv6 the network that a house has; None for a proxy, which is many."""
        client = connection.client
        if client is None:  # of a socket in the file system
            return None
        address = ip_address(client[0].partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if any(address in network for network in self._settings.proxies):
            return None
        return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)

    def _make_room(self, others: list[Any]) -> bool:
        resting = [one for one in others if getattr(one, "resting_since", None) is not None and self.stranger(one)]
        if not resting:
            return False
        min(resting, key=lambda one: one.resting_since).transport.close()
        return True
