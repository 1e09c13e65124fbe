"""Addresses: what its owner cannot vary tells a caller from another."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from gateway.addresses import UNKNOWN, address_of


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("what a proxy was told", UNKNOWN),
        ("", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_an_address_is_what_its_owner_cannot_vary(host: str | None, found: str) -> None:
    scope = {
        "type": "http",
        "headers": [(b"x-forwarded-for", b"198.51.100.1")],
        "client": None if host is None else (host, 1),
    }

    assert address_of(HTTPConnection(scope)) == found
