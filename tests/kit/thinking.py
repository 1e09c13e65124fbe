"""Thinking: functions that take long, or that end their process, for jobs to think about."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def fail(text: str) -> None:
    raise ValueError(text)


def fail_unspeakably() -> None:
    class LocalError(Exception):
        pass

    raise LocalError("cannot be pickled")


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def burn(seconds: float) -> str:
    """Hold the processor and Python's lock for so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(range(100_000))
    return "burnt"


def eat(size: int) -> int:
    return len(bytearray(size))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: str) -> str:
    """Dies the first time it is computed with this file."""
    if not Path(mark).exists():
        Path(mark).touch()
        die()
    return "lived"


def count(of: int) -> Iterator[tuple[int, int]]:
    for done in range(of):
        yield done + 1, of
        time.sleep(0.3)
    return "counted"  # type: ignore[return-value]


def solve(seconds: float) -> int:
    """HiGHS at a market split problem, whose end it does not find in its time; gives what it answers then."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    weights = np.random.default_rng(7).integers(0, 100, (6, 50)).astype(float)
    half = weights.sum(axis=1) // 2
    answer = milp(
        np.zeros(50),
        integrality=np.ones(50),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(weights, half, half),
        options={"time_limit": seconds},
    )
    return int(answer.status)
