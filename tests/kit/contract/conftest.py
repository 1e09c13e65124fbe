"""The contract: every test of this folder runs on the embedded broker and on RabbitMQ."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gateway.rpc import Rpc, Wire
from kit.context import Context
from kit.ids import new_id
from kit.viewer import Viewer
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import PATIENCE, EmbeddedPlace, Place, new_amqp_place


@pytest.fixture(scope="package", params=["embedded", pytest.param("amqp", marks=pytest.mark.live)])
def _place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    make = {"embedded": _embedded, "amqp": _amqp}[request.param]
    found = make(request, tmp_path_factory.mktemp("place"))
    yield found
    found.remove()


@pytest.fixture
def place(_place: Place) -> Place:
    """Both services, running; all tests of this folder share them and tell their own notes from others'."""
    _place.start()
    return _place


def _embedded(_: pytest.FixtureRequest, folder: Path) -> Place:
    return EmbeddedPlace(folder)


def _amqp(request: pytest.FixtureRequest, folder: Path) -> Place:
    broker, databases = (request.getfixturevalue(name) for name in ("_broker", "_database_server"))
    for server in (broker, databases):
        if server.running:
            server.thaw()
        server.start()
    return new_amqp_place(folder, broker, databases)


@pytest.fixture
async def wire(place: Place) -> AsyncIterator[Wire]:
    async with place.wire() as wire:
        yield wire


@pytest.fixture
def rpc(wire: Wire) -> Rpc:
    """Calls of a person who is this test's own."""
    return Rpc(wire, Context(Viewer(f"person:{new_id()}"), "en", new_id()), timeout=PATIENCE)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A gate, shut; it is opened at the end, so that nobody is left waiting."""
    gate = Gate(tmp_path / "gate")
    yield gate
    gate.open()
