"""Figures: what every peer of the RPC benchmark is given, how it is driven, and the one line in which it answers.

A peer is a script that takes `--amqp-uri --seconds --in-flight` and whose last line of output is a JSON object with
`calls_per_s`, `p50_ms` and `p99_ms`. It starts its own worker process.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import psutil

WARM_UP_SECONDS = 1.0
BODY = "x" * 100
READY = "ready"

Call = tuple[float, float]  # when it was sent, when it was answered


def arguments() -> argparse.ArgumentParser:
    """The parser of what every peer is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--amqp-uri", required=True)
    parser.add_argument("--seconds", type=float, default=5.0, help="measured time; a warm-up of 1 s comes before it")
    parser.add_argument("--in-flight", type=int, default=1, help="calls that wait for their answer at any time")
    parser.add_argument("--serve", action="store_true", help="be the worker process")
    return parser


def end_of_run(seconds: float) -> float:
    """When to send no more calls, on the clock of `time.perf_counter`."""
    return time.perf_counter() + WARM_UP_SECONDS + seconds


class Calls(list[Call]):
    """Calls, with the processor time that they took together: here, and in the worker process."""

    here = there = 0.0


def figures(calls: list[Call], *, end: float, seconds: float) -> dict[str, float]:
    """The rate and latencies of the calls that were answered in the measured time."""
    latencies = sorted(answered - sent for sent, answered in calls if end - seconds <= answered <= end)
    spent = {"caller_us": calls.here, "answerer_us": calls.there} if isinstance(calls, Calls) else {}
    return {
        **{name: round(seconds / len(calls) * 1e6, 1) for name, seconds in spent.items()},
        "calls_per_s": round(len(latencies) / seconds, 1),
        "p50_ms": round(latencies[len(latencies) // 2] * 1000, 2),
        "p99_ms": round(latencies[int(len(latencies) * 0.99)] * 1000, 2),
    }


def environment() -> dict[str, str]:
    """The environment of a peer's further processes: this one's, without eventlet's warning about itself in each."""
    return os.environ | {"PYTHONWARNINGS": "ignore"}


@contextmanager
def worker(script: str, amqp_uri: str) -> Iterator[None]:
    """The script's own worker process, serving."""
    command = [sys.executable, script, "--serve", "--amqp-uri", amqp_uri]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != READY:
            raise RuntimeError(f"the worker of {script} did not start")
        try:
            yield
        finally:
            process.kill()


async def keep_calling(call: Callable[[], Awaitable[object]], *, in_flight: int, end: float) -> Calls:
    """Keep so many calls in flight until the end, and return them all."""
    calls = Calls()

    async def one_after_another() -> None:
        while (sent := time.perf_counter()) < end:
            await call()
            calls.append((sent, time.perf_counter()))

    here, there = time.process_time(), _of_workers()
    await asyncio.gather(*(one_after_another() for _ in range(in_flight)))
    calls.here, calls.there = time.process_time() - here, _of_workers() - there
    return calls


def _of_workers() -> float:
    """Seconds of processor that the processes have taken that this one has started."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(spent.user + spent.system for spent in times)
