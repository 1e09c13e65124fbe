"""Asking: each question in a process of its own on private servers, so that one which fails or hangs spoils no other.

`python -m bench.asking QUESTION FILE` is that process; it writes the rows that it found as JSON.
"""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.server import Server

ROOT = Path(__file__).parents[1]
LONGEST = 1800  # seconds; a question that takes longer hangs
TAIL = 1500  # characters of what a failed question said last
SERVERS: Mapping[str, Callable[[], Server]] = {"broker": RabbitMQ, "database": lambda: PostgreSQL(durable=True)}
"""What a `measure` may ask for by the names of its arguments; nothing else is started."""


def ask(question: str) -> dict[str, Any]:
    """{rows, seconds, load}, or {failed, seconds, load}: the load of the machine is that before and after it, by the minute."""
    before, began = os.getloadavg()[0], time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = _asked(question, Path(folder) / "rows.json")
    seconds = round(time.perf_counter() - began, 1)
    return {**found, "seconds": seconds, "load": {"before": before, "after": os.getloadavg()[0]}}


def _asked(question: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.asking", question, str(file)]
    said = file.with_suffix(".log")
    with said.open("wb") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process:
        try:
            failed = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            _end(process.pid)
            return {"failed": f"it took longer than {LONGEST} s"}
    if failed or not file.exists():
        return {"failed": said.read_text(errors="replace")[-TAIL:].strip() or f"ended with {failed}"}
    return {"rows": json.loads(file.read_text(encoding="utf-8"))}


def _end(pid: int) -> None:
    """Of the process and all that it has started."""
    whole = psutil.Process(pid)
    for each in [*whole.children(recursive=True), whole]:
        each.kill()


def measured(question: str) -> list[dict[str, Any]]:
    """The rows of one question, in this process, on servers that are removed behind it."""
    measure = import_module(f"bench.{question}").measure
    with ExitStack() as stack:
        servers = {name: SERVERS[name]() for name in inspect.signature(measure).parameters}
        for server in servers.values():
            stack.callback(server.remove)
            server.start()
        rows: list[dict[str, Any]] = measure(**servers)
    return rows


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(measured(sys.argv[1]), ensure_ascii=False), encoding="utf-8")
