"""Prices: what is paid for an address that is no GraphQL, by what it takes to answer it."""

from __future__ import annotations

from gateway.protocol.limits import Limits

PRICES = {
    "alliances": 100,  # the members are counted by class, province and kind
    "calendar": 100,
    "certificates": 500,  # a page is set and drawn
    "credentials": 100,  # a signature is made
    "exports": 1_000,  # up to many parts, and a workbook
    "graphql": 0,  # an operation has a price of its own
    "status": 100,
    "verify": 20,
    "works": 50,
}
OTHERS = Limits().call


def price_of(path: str) -> int:
    """The price of asking for a path, by its first part."""
    return PRICES.get(path.strip("/").partition("/")[0], OTHERS)
