"""kill -9 of anything at any moment: what was answered is there, and took effect once in every subscriber."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.settings import SERVICES
from tests.faults import ledger
from tests.faults.commands import Registrations
from tests.running.keys import agreed
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

COMMANDS = 300
PACE = 15.0  # a second, so that the commands last as long as the kills


@pytest.mark.live
@pytest.mark.timeout(900)
def test_nothing_is_lost_or_done_twice_when_processes_and_the_broker_are_killed(
    tmp_path: Path, rabbitmq: RabbitMQ, durable_postgres: PostgreSQL, amqp_uri: str
) -> None:
    databases = {name: durable_postgres.database(f"kill_{name}") for name in SERVICES}
    with running(RunningHub(tmp_path, amqp_uri, databases, HUB_RETRY_FIRST="0.2", **agreed("events"))) as hub:
        rabbitmq.settle()

        def kill_and_start(name: str) -> None:
            if name == "rabbitmq":
                rabbitmq.kill()
                rabbitmq.start()
            else:
                hub.kill(name)
                hub.start_one(name)

        run, kills = run_under(hub, [*hub.names, "rabbitmq"], kill_and_start)

        assert_nothing_lost(hub, run, kills)


@pytest.mark.timeout(900)
def test_the_embedded_hub_loses_nothing_when_it_is_killed(tmp_path: Path) -> None:
    with running(RunningHub(tmp_path)) as hub:

        def kill_and_start(name: str) -> None:
            hub.kill(name)
            hub.start_one(name)

        run, kills = run_under(hub, ["hub"] * 4, kill_and_start)

        assert_nothing_lost(hub, run, kills)


def run_under(
    hub: RunningHub, victims: list[str], kill_and_start: Callable[[str], None]
) -> tuple[Registrations, list[str]]:
    """Run the commands while every victim is killed at least once, in an order and at moments of chance."""
    run, kills, chance = Registrations(hub, COMMANDS, pace=PACE), [], random.Random()

    def kill() -> None:
        order = chance.sample(victims, len(victims))
        while len(kills) < len(victims):
            time.sleep(chance.uniform(0.2, 2.0))
            name = order[len(kills)]
            kill_and_start(name)
            kills.append(name)
            hub.wait_ready()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        run.run()
    finally:
        killer.join()
    return run, kills


def assert_nothing_lost(hub: RunningHub, run: Registrations, kills: list[str]) -> None:
    ledger.wait_until_settled(hub)
    found = [name for (name,) in ledger.rows(hub, "alliances", "SELECT name_zh FROM organizations")]
    counts = ledger.count(run.attempted, run.acknowledged, found)
    print(f"\nkills {kills}\ntries {run.tries} for {counts}")
    assert counts.attempted == counts.acknowledged == counts.ok == COMMANDS
    assert counts.lost == counts.unexpected == counts.duplicated == 0
    for reader in ("projects", "events"):
        known = [name for (name,) in ledger.rows(hub, reader, "SELECT name_zh FROM organizations")]
        assert sorted(known) == sorted(found), f"the read model of {reader} differs"
