"""While a job runs: a solver computes for seconds, and the process that has it done goes on answering."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from gateway.rpc import Rpc
from tests.kit.contract.places import Place

SECONDS = 6
OUT_OF_TIME = 1  # as scipy has it


async def test_others_are_answered_while_a_solver_runs(
    rpc: Rpc, place: Place, record_property: Callable[[str, object], None]
) -> None:
    await rpc.command("notes", "have_solved", {"text": "0.1"})  # the child has started, and knows scipy
    solving = asyncio.create_task(_solved(rpc))
    pauses: list[float] = []
    while not solving.done():
        began = time.monotonic()
        await rpc.query("notes", "whoami")
        pauses.append(time.monotonic() - began)
    answer, took = await solving

    record_property(
        "figures",
        f"{len(pauses)} other calls answered during a solve of {took:.1f} s, the slowest in {max(pauses):.3f} s",
    )
    assert answer == {"status": OUT_OF_TIME}
    assert took >= SECONDS
    assert max(pauses) < took / 2  # one that waits for the solver waits for all of it; a busy machine takes some
    assert len(pauses) > SECONDS * 2
    assert place.logged("the broker is away") == []


async def _solved(rpc: Rpc) -> tuple[object, float]:
    began = time.monotonic()
    answer = await rpc.command("notes", "have_solved", {"text": str(SECONDS)})
    return answer, time.monotonic() - began
