"""Start: until `hub run` answers, what each process imports for it and holds in memory, and what a hub at rest costs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from bench.turns import OURS, at_most, by_turns, row
from tests.servers.ports import free_port
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ROOT = Path(__file__).parents[1]
SETTLING, RESTING = 6.0, 10.0  # seconds after the start, and seconds over which a hub at rest is watched
SERVICES = ("projects", "alliances", "events", "notify")
PROCESSES = {
    "hub run": "kit.telemetry.quiet, hub.run, services.projects.service, services.alliances.service,"
    " services.events.service, services.notify.service",
    "gateway": "kit.telemetry.quiet, hub.gateway",
    **{name: f"kit.process.green, kit.process.run, services.{name}.service" for name in SERVICES},
}
TELL = """
import gc, json, resource, sys, time
gc.disable()
import {modules}
gc.collect()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"import_ms": time.process_time() * 1000, "memory_mb": memory, "modules": len(sys.modules)}}))
"""


def measure(_broker: RabbitMQ, _database: PostgreSQL) -> list[dict[str, Any]]:
    """How long `hub run` takes in an empty folder, its processor at rest, and the imports of every process."""
    ready = by_turns({OURS: _ready})
    resting = by_turns({OURS: _resting})
    return [
        row("hub run, empty folder, until ready", "s of processor", ready, at_most(3)),
        row("hub run at rest", "% of a core", resting, at_most(0.5)),
        *({"process": name, **_told(modules)} for name, modules in PROCESSES.items()),
    ]


def _told(modules: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-c", TELL.format(modules=modules)]
    told: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    return told


def _ready() -> float:
    with _hub() as hub:
        return _used(hub)  # the clock would tell of whoever else uses the machine


def _resting() -> float:
    with _hub() as hub:
        time.sleep(SETTLING)
        before = _used(hub)
        time.sleep(RESTING)
        return (_used(hub) - before) / RESTING * 100


def _used(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


@contextmanager
def _hub() -> Iterator[psutil.Process]:
    """`hub run` in a new folder, ready."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environ = os.environ | {"HUB_HOME": home, "HUB_PORT": str(port)}
        command = [sys.executable, "-P", "-W", "ignore", "-m", "hub", "run"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as hub:
            try:
                _await(hub, f"http://127.0.0.1:{port}/readyz")
                yield psutil.Process(hub.pid)
            finally:
                hub.send_signal(signal.SIGTERM)


def _await(hub: subprocess.Popen[bytes], address: str) -> None:
    while hub.poll() is None:
        try:
            if httpx.get(address).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise RuntimeError("the hub has not started")
