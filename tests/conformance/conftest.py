"""Conformance: the gateway under test; the one place to point the checks of independent clients at another."""

from collections.abc import Iterator

import pytest

from gateway.protocol.socket_session import SocketLimits
from tests.conformance.target import Target
from tests.gateway.protocol.tiny_gateway import served, tiny_app


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    with served(tiny_app(socket_limits=SocketLimits(init_seconds=2))) as url:
        yield Target(url)
