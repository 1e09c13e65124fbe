"""Stock process: starts a script of this folder, waits until it is ready, and sees that it ends with the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.reaper import forget_process, watch_process

ROOT = Path(__file__).parents[3]
STOCK_WORKERS = 3


@contextmanager
def starting(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The process of `tests.faults.stock.<script>`; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.stock.{script}", *arguments],
        cwd=ROOT, env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watch_process(process.pid)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        forget_process(process.pid)


@contextmanager
def running(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """As `starting`, once the process has printed `ready`."""
    with starting(script, *arguments) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


def ends_within(process: subprocess.Popen[str], seconds: float) -> bool:
    """Whether it has ended by then."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
