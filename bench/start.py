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

from bench.sizes import size
from bench.turns import OURS, Figure, at_most, by_turns, row
from tests.servers.ports import free_port

ROOT = Path(__file__).parents[1]
SETTLING = 6.0  # seconds after the start, before a hub is at rest
IMPORTS = "its imports alone"
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


def measure() -> list[dict[str, Any]]:
    """What `hub run` takes in an empty folder until it is ready and at rest, and the imports and memory of every process."""
    hub = Hub()
    ready = by_turns({OURS: hub.ready, IMPORTS: lambda: _told(PROCESSES["hub run"])["import_ms"] / 1000})
    others = {
        "s until ready": (hub.seconds, None),
        "MiB at rest": (hub.memory, None),
        "% of a core at rest": (hub.resting, at_most(0.5)),
    }
    return [
        row("hub run, empty folder, until ready", "s of processor", ready, at_most(3), peer=IMPORTS),
        *(row("hub run", unit, {OURS: Figure(tuple(turns))}, reach) for unit, (turns, reach) in others.items()),
        *({"process": name, **_told(modules)} for name, modules in PROCESSES.items()),
    ]


class Hub:
    """`hub run` in a new folder each turn; the lists have a number a turn: seconds, MiB, and percent of a core at rest."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.memory: list[float] = []
        self.resting: list[float] = []

    def ready(self) -> float:
        """Seconds of processor until it is ready: the clock tells also of whoever else uses the machine."""
        began = time.perf_counter()
        with _hub() as hub:
            self.seconds.append(time.perf_counter() - began)
            ready = _used(hub)
            time.sleep(SETTLING)
            before = _used(hub)
            time.sleep(size("start_seconds"))
            self.resting.append((_used(hub) - before) / size("start_seconds") * 100)
            self.memory.append(hub.memory_info().rss / 2**20)
        return ready


def _told(modules: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-c", TELL.format(modules=modules)]
    told: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    return told


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
