"""Profile: where the processor time of an entry, of a told message and of an RPC goes, in percent of each process.

It is asked by its name only (`python -m bench profile`): sampling takes some time itself.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.costs import Meter
from bench.depth import Depth
from bench.entries import Burst
from bench.rpc import OURS, Echoes
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

SITE = Path(__file__).parent / "sampling"
TURNS = 3
SHOWN, MOST_PACKAGES, LEAST = 25, 10, 80  # lines and packages of a process, and samples of one that is shown


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """For each process a line for each function of the house, with the package in which it was."""
    with tempfile.TemporaryDirectory() as folder, _sampled(Path(folder)):
        return [*_of_hub(broker, database, Path(folder)), *_of_rpc(broker, Path(folder))]


@contextmanager
def _sampled(folder: Path) -> Iterator[None]:
    """Processes that start inside are sampled."""
    os.environ |= {"PYTHONPATH": str(SITE), "BENCH_SAMPLES": str(folder)}
    try:
        yield
    finally:
        del os.environ["PYTHONPATH"], os.environ["BENCH_SAMPLES"]


def _of_hub(broker: RabbitMQ, database: PostgreSQL, folder: Path) -> Iterator[dict[str, Any]]:
    databases = {name: database.database(f"profile_{name}") for name in SERVICES}
    uri, more = broker.vhost("profile"), {name: os.environ[name] for name in ("PYTHONPATH", "BENCH_SAMPLES")}
    with tempfile.TemporaryDirectory() as home:
        hub = RunningHub(Path(home), uri, databases, HUB_RPC_TIMEOUT="60", **more, **UNBOUNDED)
        with running(hub):
            burst, depth = Burst(hub, Meter(hub, broker, database)), Depth(hub, uri)
            for what, do in (("entry", burst.entered), ("told message", depth.told)):
                do()
                _forget(hub)
                for _ in range(TURNS):
                    do()
                time.sleep(1)
                yield from _rows(what, {hub.pid(name): name for name in hub.names}, folder)


def _of_rpc(broker: RabbitMQ, folder: Path) -> Iterator[dict[str, Any]]:
    for each in folder.iterdir():
        each.unlink()
    Echoes(broker.uri, 8).turn(OURS)
    names = {}
    for each in folder.iterdir():
        names[int(each.stem)] = "who answers" if "--serve" in json.loads(each.read_text())["of"] else "who calls"
    yield from _rows("RPC, 8 in flight", names, folder)


def _forget(hub: RunningHub) -> None:
    for name in hub.names:
        hub.signal(name, signal.SIGUSR1)


def _rows(what: str, names: dict[int, str], folder: Path) -> Iterator[dict[str, Any]]:
    for process, name in names.items():
        file = folder / f"{process}.json"
        found: Counter[str] = Counter(json.loads(file.read_text())["found"]) if file.exists() else Counter()
        if (whole := found.total()) >= LEAST:
            packages = _packages(found).most_common(MOST_PACKAGES)
            yield {"of": what, "process": name, "samples": whole}
            yield {f"% {package}": round(100 * number / whole) for package, number in packages}
            for at, number in found.most_common(SHOWN):
                yield {"%": round(100 * number / whole, 1), "at": at}


def _packages(found: Counter[str]) -> Counter[str]:
    """Samples by the package in which they were; what is the house's own is one."""
    by_package: Counter[str] = Counter()
    for at, number in found.items():
        by_package[at.partition("  ← ")[2] or "the house"] += number
    return by_package
