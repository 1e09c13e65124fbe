"""A tree of quotas against a burst of entries on PostgreSQL: never oversold, no answer lost, every refusal typed.

The burst is as large as the machine is fast. An entry costs what it costs (issue 7 makes it cheaper), and whoever has other
work to do takes fewer in the time that the gateway gives each: calls that wait in a row longer than that say nothing about
quotas. So a rehearsal measures the rate first; at the least, every quota is still contended and exhausted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running import burst
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ


@pytest.fixture
def patient_hub(tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL) -> Iterator[RunningHub]:
    """A distributed hub whose calls may take as long as an operation: this machine may have other work to do as well.

    All clients come from one address, and stand for people of many.
    """
    clients = {"HUB_ADDRESS_REQUESTS": str(burst.MOST[0] * burst.CONNECTIONS)}
    with running(distributed(tmp_path, rabbitmq, postgres, HUB_RPC_TIMEOUT=str(burst.OPERATION), **clients)) as hub:
        yield hub


@pytest.mark.live
@pytest.mark.timeout(900)
def test_nested_quotas_are_never_oversold(
    patient_hub: RunningHub, record_property: Callable[[str, object], None]
) -> None:
    institutions = burst.register(patient_hub)
    rate = burst.rehearse(patient_hub, institutions)
    size = burst.size(rate)
    contest = burst.contest(patient_hub, institutions, places=size.places)

    outcomes, seconds = burst.submit_all(patient_hub, contest, clients=size.clients, calls=size.calls)

    books = burst.books(patient_hub, contest)
    record_property(
        "figures",
        f"rehearsed at {rate:.0f}/s; {size.calls} calls of {size.clients} clients for {2 * size.places} places"
        f" in {seconds:.1f} s: {dict(outcomes)}; {books}",
    )
    assert sum(outcomes.values()) == size.calls
    assert set(outcomes) == {"entered", "QUOTA_EXHAUSTED"}, (rate, size, outcomes)
    assert all(taken == entries == held for held, taken, entries in books.values())
    assert outcomes["entered"] == sum(entries for _, _, entries in books.values()) == 2 * size.places
