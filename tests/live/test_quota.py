"""A tree of quotas against 5,000 entries of 50 clients on PostgreSQL: never oversold, no answer lost, every refusal typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import burst
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PLACES, CALLS, CLIENTS = 300, 5000, 50


@pytest.fixture
def patient_hub(tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL) -> Iterator[RunningHub]:
    """A distributed hub whose calls may take longer than usual: this machine may have other work to do as well."""
    with running(distributed(tmp_path, rabbitmq, postgres, HUB_RPC_TIMEOUT="60")) as hub:
        yield hub


@pytest.mark.live
@pytest.mark.timeout(300)
def test_nested_quotas_are_never_oversold(patient_hub: RunningHub) -> None:
    contest = burst.contest(patient_hub, places=PLACES)

    outcomes, seconds = burst.submit_all(patient_hub, contest, clients=CLIENTS, calls=CALLS)

    books = burst.books(patient_hub)
    print(f"\n{CALLS} calls of {CLIENTS} clients in {seconds:.1f} s: {dict(outcomes)}; {books}")
    assert sum(outcomes.values()) == CALLS
    assert set(outcomes) == {"entered", "QUOTA_EXHAUSTED"}
    assert all(taken == entries == held for held, taken, entries in books.values())
    assert outcomes["entered"] == sum(entries for _, _, entries in books.values()) == 2 * PLACES
