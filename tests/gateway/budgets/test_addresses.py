"""Addresses: a caller's own word on where they are is worth nothing, a trusted proxy's is taken."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from starlette.requests import HTTPConnection

from gateway.budgets.addresses import UNKNOWN, address_of

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def asked_from(peer: str | None, *passed_on: str) -> str:
    headers = [(b"x-forwarded-for", each.encode()) for each in passed_on]
    scope = {"type": "http", "headers": headers, "client": (peer, 1) if peer is not None else None}
    return address_of(HTTPConnection(scope), PROXIES)


@pytest.mark.parametrize(
    ("peer", "passed_on", "found"),
    [
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("198.51.100.1",), "192.0.2.7"),  # a stranger says so
        ("10.1.1.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.1.1.1", ("203.0.113.9, 198.51.100.1",), "198.51.100.1"),  # what the proxy was told itself
        ("10.1.1.1", ("203.0.113.9", "198.51.100.1"), "198.51.100.1"),
        ("10.1.1.1", ("198.51.100.1, 10.2.2.2",), "198.51.100.1"),  # two proxies
        ("10.1.1.1", ("not an address",), "10.1.1.1"),
        ("10.1.1.1", ("198.51.100.1, ",), "10.1.1.1"),
        ("10.1.1.1", (), "10.1.1.1"),
        ("10.1.1.1", ("10.3.3.3",), "10.3.3.3"),
        ("::ffff:192.0.2.7", (), "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", (), "2001:db8:1:2::/64"),
        ("fd00::1", ("2001:db8:9:9::1",), "2001:db8:9:9::/64"),
        ("fe80::1%eth0", (), "fe80::/64"),
        ("", (), UNKNOWN),
        (None, ("198.51.100.1",), UNKNOWN),
    ],
)
def test_an_address_is_what_can_be_trusted(peer: str | None, passed_on: tuple[str, ...], found: str) -> None:
    assert asked_from(peer, *passed_on) == found


def test_ever_so_many_hops_are_followed_no_further_than_the_trusted_ones() -> None:
    assert asked_from("10.1.1.1", ", ".join(["198.51.100.1"] * 5_000)) == "198.51.100.1"
