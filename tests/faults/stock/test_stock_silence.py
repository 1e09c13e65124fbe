"""Silence: a peer that is frozen, or away when a service starts (reliability B1, B3, E2)."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from gateway.rpc import Rpc, Wire
from kit.broker.bus import Unavailable
from kit.broker.topology import declare
from kit.context import Context
from tests.faults.stock.stock_process import ends_within, running, starting
from tests.kit.contract.places import PATIENCE, AmqpPlace, new_amqp_place
from tests.kit.contract.raw import raw_channel
from tests.kit.contract.small_services import SERVICES
from tests.kit.contract.waiting import until
from tests.servers.chaos import ChaosProxy
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live

LONG = 5.0  # seconds that the stock part is given beyond our own


def test_publishing_to_a_frozen_broker_ends_here_and_not_on_stock(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    with raw_channel(amqp_uri) as channel:
        declare(channel, [])  # the exchanges, as an operator does: our part declares nothing

    with running("publishing", "ours", amqp_uri) as ours, running("publishing", "stock", amqp_uri) as stock:
        rabbitmq.freeze()
        try:
            _go_on(ours, stock)

            assert ends_within(ours, PATIENCE)
            assert ours.returncode == 1
            assert not ends_within(stock, LONG)
        finally:
            rabbitmq.thaw()


async def test_call_over_a_frozen_broker_ends_at_its_deadline(ours: AmqpPlace, wire: Wire) -> None:
    ours.broker.freeze()
    try:
        calls = [Rpc(wire, Context(), timeout=1).query("notes", "whoami") for _ in range(50)]
        outcomes = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), PATIENCE)
    finally:
        ours.broker.thaw()

    assert {type(outcome) for outcome in outcomes} == {Unavailable}


def test_asking_a_frozen_database_ends_here_and_not_on_stock(postgres: PostgreSQL) -> None:
    url = postgres.url("postgres")
    with running("querying", "ours", url) as ours, running("querying", "stock", url) as stock:
        postgres.freeze()
        try:
            _go_on(ours, stock)

            assert ends_within(ours, PATIENCE)
            assert ours.returncode == 1
            assert not ends_within(stock, LONG)
        finally:
            postgres.thaw()


def test_service_that_starts_before_its_broker_waits_for_it_and_stock_gives_up(
    rabbitmq: RabbitMQ, postgres: PostgreSQL, tmp_path: Path
) -> None:
    place = new_amqp_place(tmp_path, rabbitmq, postgres)
    with ChaosProxy(rabbitmq.port) as network:
        network.down()
        place.uri = network.through(place.uri)
        place.begin()
        with starting("stock_service", place.uri, str(tmp_path), "stock") as stock:
            assert ends_within(stock, PATIENCE)
            assert stock.returncode == 1
        until(lambda: len(place.logged("the broker is away")) >= len(SERVICES), "our services do not look for it")

        network.heal()
        place.start()
        place.remove()


def _go_on(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
