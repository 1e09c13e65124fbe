"""Plain gateway: ours with its compiled plans turned off, so that graphql-core executes every document field by field.

`python -m bench.plain_gateway` is run with the environment of the gateway beside which it is measured.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import kit.telemetry.quiet  # noqa: F401 - before what it keeps quiet
from gateway.executing.execution import Executed, Requested, executed
from gateway.protocol import operations
from hub.cli import cli
from tests.running.processes import ROOT, START, RunningHub, answers, wait_until
from tests.servers.ports import free_port


async def ordinary(requested: Requested, _plans: object) -> Executed:
    """As `executed`, without a plan."""
    return await executed(requested, None)


@contextmanager
def plain_gateway(hub: RunningHub) -> Iterator[tuple[int, int]]:
    """The port and the number of the process of one more gateway of this hub."""
    port = free_port()
    environ = hub.environ_of("gateway") | {"HUB_PORT": str(port), "HUB_HEALTH_PORT": "0"}
    command = [sys.executable, "-m", "bench.plain_gateway"]
    with (hub.home / "plain.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), START, "the plain gateway is not ready")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(START)


if __name__ == "__main__":
    operations.executed = ordinary  # type: ignore[attr-defined, assignment]  # in place of what compiles
    cli(["gateway"])
