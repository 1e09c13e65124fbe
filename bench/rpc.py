"""RPC: calls per second and latency at 1, 8 and 64 in flight, beside stock nameko at its best and bare asyncio echoes.

The peers take turns within each number in flight, twice, and the better turn of each counts: the machine is noisy.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ROOT = Path(__file__).parents[1]
PEERS = {
    "ours": "bench/ours.py",
    "stock nameko": "bench/peers/stock_nameko.py",
    "bare echo, kombu": "bench/peers/bare_echo.py",
    "bare echo, aio-pika": "bench/peers/aio_pika_echo.py",
}
IN_FLIGHT = (1, 8, 64)
SECONDS = 4
TURNS = 2


def measure(broker: RabbitMQ, _: PostgreSQL) -> list[dict[str, Any]]:
    """One row for each peer and number in flight, with our rate as a multiple of the peer's."""
    rows = []
    for in_flight in IN_FLIGHT:
        best: dict[str, dict[str, float]] = {}
        for _turn in range(TURNS):
            for peer, script in PEERS.items():
                figures = _run(script, broker.uri, in_flight)
                if figures["calls_per_s"] > best.get(peer, {}).get("calls_per_s", 0):
                    best[peer] = figures
        ours = best["ours"]["calls_per_s"]
        for peer, figures in best.items():
            kept = {name: figures[name] for name in ("calls_per_s", "p50_ms", "p99_ms")}
            rows.append({"peer": peer, "in_flight": in_flight, **kept, "ours_to_it": ours / figures["calls_per_s"]})
    return rows


def _run(script: str, uri: str, in_flight: int) -> dict[str, float]:
    command = [sys.executable, script, "--amqp-uri", uri, "--seconds", str(SECONDS), "--in-flight", str(in_flight)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
