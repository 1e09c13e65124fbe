"""RPC: calls per second at 1, 8 and 64 in flight beside stock nameko at its best and bare echoes, and what each call costs.

Calls per second tell as much of what else the machine does as of us, so that a figure of one run means little in another: what
holds is the ratio within one turn, and the processor time of a call in the process that calls and in the one that answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.turns import OURS, Reach, as_fast, by_turns, row
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ROOT = Path(__file__).parents[1]
FLOOR = "bare echo, kombu"
PEERS = {
    OURS: "bench/ours.py",
    FLOOR: "bench/peers/bare_echo.py",
    "stock nameko": "bench/peers/stock_nameko.py",
    "bare echo, aio-pika": "bench/peers/aio_pika_echo.py",
}
REACH = {1: as_fast(0.5), 8: as_fast(0.6), 64: as_fast(0.6)}
SECONDS = 2
ASIDE = ("p50_ms", "p99_ms", "caller_us", "answerer_us")
"""What a turn tells besides its calls per second; the last two are microseconds of processor a call."""

Told = dict[str, list[dict[str, float]]]


def measure(broker: RabbitMQ, _: PostgreSQL) -> list[dict[str, Any]]:
    """A row for each number in flight and peer, judged against the floor, then the medians of what else was told."""
    return [found for in_flight, reach in REACH.items() for found in _rows(broker.uri, in_flight, reach)]


def _rows(uri: str, in_flight: int, reach: Reach) -> list[dict[str, Any]]:
    told: Told = {peer: [] for peer in PEERS}
    sides: dict[str, Callable[[], float]] = {peer: partial(_turn, told, peer, uri, in_flight) for peer in PEERS}
    figures = by_turns(sides)
    question = f"RPC, {in_flight} in flight"
    judged = [
        row(question, "calls/s", figures, reach if peer == FLOOR else None, peer=peer) for peer in PEERS if peer != OURS
    ]
    aside = [
        {
            "peer": peer,
            "in_flight": in_flight,
            **{name: median(turn[name] for turn in turns) for name in ASIDE if name in turns[0]},
        }
        for peer, turns in told.items()
    ]
    return [*judged, *aside]


def _turn(told: Told, peer: str, uri: str, in_flight: int) -> float:
    command = [sys.executable, PEERS[peer], "--amqp-uri", uri]
    command += ["--seconds", str(SECONDS), "--in-flight", str(in_flight)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told[peer].append(json.loads(done.stdout.strip().splitlines()[-1]))
    return told[peer][-1]["calls_per_s"]
