"""Runners: what eventlet costs a call beside threads and asyncio, for the same nameko class, wire and pipeline (ADR 0016).

What is compared is the processor of the process that answers; who calls is the same. The others leave out what a call hardly
needs, so they show the most that could be saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from bench.rpc import Echoes
from bench.turns import OURS, Figure, by_turns, row
from tests.servers.rabbitmq import RabbitMQ

SCRIPTS = {OURS: "bench/ours.py", "threads": "bench/ours_on_threads.py", "asyncio": "bench/ours_on_asyncio.py"}


def measure(broker: RabbitMQ) -> list[dict[str, Any]]:
    """A row for each number in flight and other runner."""
    return [found for in_flight in (1, 8, 64) for found in _rows(Echoes(broker.uri, in_flight, SCRIPTS))]


def _rows(echoes: Echoes) -> Iterator[dict[str, Any]]:
    by_turns({runner: partial(echoes.turn, runner) for runner in SCRIPTS})
    spent = {runner: Figure(tuple(turn["answerer_us"] for turn in turns)) for runner, turns in echoes.told.items()}
    for runner in [runner for runner in SCRIPTS if runner != OURS]:
        yield row(f"a call answered on eventlet, {echoes.in_flight} in flight", "µs", spent, peer=runner)
