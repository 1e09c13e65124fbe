"""RPC: calls per second at 1, 8 and 64 in flight beside stock nameko at its best and bare echoes, and what each call costs.

Calls per second tell as much of what else the machine does as of us, so that a figure of one run means little in another: what
holds is the ratio within one turn, and the processor time of a call in the process that calls and in the one that answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.sizes import size
from bench.turns import OURS, Figure, Reach, as_fast, by_turns, row
from tests.servers.rabbitmq import RabbitMQ

ROOT = Path(__file__).parents[1]
FLOOR, STOCK = "bare echo, kombu", "stock nameko"
PEERS = {
    OURS: "bench/ours.py",
    FLOOR: "bench/peers/bare_echo.py",
    STOCK: "bench/peers/stock_nameko.py",
    "bare echo, aio-pika": "bench/peers/aio_pika_echo.py",
}
REACH = {1: as_fast(0.5), 8: as_fast(0.6), 64: as_fast(0.6)}
ASIDE = ("p50_ms", "p99_ms", "caller_us", "answerer_us")
"""What a turn tells besides its calls per second; the last two are microseconds of processor a call."""


def measure(broker: RabbitMQ) -> list[dict[str, Any]]:
    """A row for each number in flight and peer, judged against the floor; ours also by its processor; then what else was told."""
    return [found for in_flight, reach in REACH.items() for found in _rows(Echoes(broker.uri, in_flight), reach)]


def _rows(echoes: Echoes, reach: Reach) -> Iterator[dict[str, Any]]:
    figures = by_turns({peer: partial(echoes.turn, peer) for peer in PEERS})
    question = f"RPC, {echoes.in_flight} in flight"
    for peer in [peer for peer in PEERS if peer != OURS]:
        yield row(question, "calls/s", figures, reach if peer == FLOOR else None, peer=peer)
    spent = {peer: echoes.spent(peer) for peer in (OURS, FLOOR)}
    yield row(f"{question}: processor of both ends", "µs", spent, peer=FLOOR)
    for peer, turns in echoes.told.items():
        known = {name: median(turn[name] for turn in turns) for name in ASIDE if name in turns[0]}
        yield {"peer": peer, "in_flight": echoes.in_flight, **known}


class Echoes:
    """So many calls in flight to one echo after the other; `told` has all that each said, turn by turn."""

    def __init__(self, uri: str, in_flight: int, peers: Mapping[str, str] = PEERS) -> None:
        self.in_flight = in_flight
        self.told: dict[str, list[dict[str, Any]]] = {peer: [] for peer in peers}
        self._peers = peers
        self._uri = uri

    def turn(self, peer: str) -> float:
        """Calls a second."""
        command = [sys.executable, self._peers[peer], "--amqp-uri", self._uri, "--in-flight", str(self.in_flight)]
        command += ["--seconds", str(size("rpc_milliseconds") / 1000), *self._arrangement(peer)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self.told[peer].append(json.loads(done.stdout.strip().splitlines()[-1]))
        return float(self.told[peer][-1]["calls_per_s"])

    def _arrangement(self, peer: str) -> list[str]:
        """That of stock nameko which was best in the first turn, where all were tried; others have one only."""
        if peer != STOCK or not self.told[peer]:
            return []
        first = self.told[peer][0]
        return ["--arranged", str(first["proxies"]), first["on"]]

    def spent(self, peer: str) -> Figure:
        """Microseconds of processor a call, by the one who calls and the one who answers."""
        return Figure(tuple(turn["caller_us"] + turn["answerer_us"] for turn in self.told[peer]))
