"""Our part and the stock part, side by side on one broker."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from gateway.rpc import Rpc, Wire
from kit.context import Context
from kit.ids import new_id
from kit.viewer import Viewer
from tests.faults.stock.stock_process import running
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import PATIENCE, AmqpPlace, new_amqp_place
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ


@pytest.fixture(scope="module")
def _ours(
    tmp_path_factory: pytest.TempPathFactory, _broker: RabbitMQ, _database_server: PostgreSQL
) -> Iterator[AmqpPlace]:
    for server in (_broker, _database_server):
        if server.running:
            server.thaw()
        server.start()
    place = new_amqp_place(tmp_path_factory.mktemp("ours"), _broker, _database_server)
    yield place
    place.remove()


@pytest.fixture
def ours(_ours: AmqpPlace) -> AmqpPlace:
    """Our small services on RabbitMQ, running."""
    _ours.start()
    return _ours


@pytest.fixture
async def wire(ours: AmqpPlace) -> AsyncIterator[Wire]:
    async with ours.wire() as wire:
        yield wire


@pytest.fixture
def rpc(wire: Wire) -> Rpc:
    return Rpc(wire, Context(Viewer("person:x"), "en", new_id()), PATIENCE)


@pytest.fixture
def stock(amqp_uri: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A stock service of three workers on a virtual host of its own, `amqp_uri`."""
    with running("stock_service", amqp_uri, str(tmp_path), "stock") as process:
        yield process


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path / "gate")
    yield gate
    gate.open()
