"""Ours: calls per second of the kit's RPC, one service process driven by the gateway's client."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time

from gateway.amqp_wire import AmqpWire
from kit.db import Context
from kit.request import Request
from kit.viewer import Viewer


def main() -> None:
    """Measure and print {calls_per_s, p50_ms, p99_ms} as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--amqp-uri", required=True)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--in-flight", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HUB_AMQP_URI": options.amqp_uri, "HUB_HOME": home, "HUB_HEALTH_PORT": "0"}
        service = subprocess.Popen([sys.executable, "-m", "bench.echo"], env=environ, stdout=subprocess.DEVNULL)
        try:
            print(json.dumps(asyncio.run(measure(options.amqp_uri, options.seconds, options.in_flight))))
        finally:
            service.kill()
            service.wait()


async def measure(uri: str, seconds: float, in_flight: int) -> dict[str, float]:
    """Keep so many calls in flight for so long, after the service answers."""
    wire = AmqpWire(uri)
    await wire.start()
    await _answering(wire)
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def caller() -> None:
        while (begun := time.perf_counter()) < end:
            await _call(wire)
            waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(in_flight)))
    passed = time.perf_counter() - begun
    await wire.close()
    waits.sort()
    return {
        "calls_per_s": len(waits) / passed,
        "p50_ms": waits[len(waits) // 2] * 1000,
        "p99_ms": waits[int(len(waits) * 0.99)] * 1000,
    }


async def _answering(wire: AmqpWire) -> None:
    for _ in range(200):
        try:
            await _call(wire)
        except Exception:  # noqa: BLE001 - not up yet
            await asyncio.sleep(0.1)
        else:
            return
    raise RuntimeError("the echo service did not come up")


async def _call(wire: AmqpWire) -> None:
    context = Context(Viewer("bench"), "en", "bench")
    payload = await wire.send("echo", Request("echo", {"value": "hello"}, context, time.time() + 5))
    assert payload["result"] == "hello", payload


if __name__ == "__main__":
    main()
