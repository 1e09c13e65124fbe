"""Rendering: two at a time, and so many wait of one person and in all; more are refused at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from starlette.requests import HTTPConnection

from contracts.transfers import GatewayBusy, TooManyTransfers
from gateway.transfers.rendering import AT_ONCE, Rendering
from gateway.transfers.settings import TransferSettings
from gateway.viewer import Identity

HERE = HTTPConnection({"type": "http", "client": ("192.0.2.1", 1)})
BOUNDS = TransferSettings(uploads=1, downloads=6, each=4, address=4, rate=1, patience=1)


async def test_two_are_drawn_at_a_time_and_the_others_wait_for_them() -> None:
    rendering, gate, drawn = Rendering(BOUNDS), asyncio.Event(), 0

    async def draw() -> None:
        nonlocal drawn
        async with rendering.turn(HERE, Identity("teacher")):
            drawn += 1
            await gate.wait()

    tasks = [asyncio.create_task(draw()) for _ in range(4)]
    await asyncio.sleep(0)
    before = drawn
    gate.set()
    await asyncio.gather(*tasks)

    assert (before, drawn) == (AT_ONCE, 4)


async def test_nobody_fills_the_queue_alone_and_a_full_one_is_said_to_be_full() -> None:
    rendering, gate = Rendering(replace(BOUNDS, downloads=6)), asyncio.Event()

    async def draw(person: str) -> None:
        async with rendering.turn(HERE, Identity(person)):
            await gate.wait()

    tasks = [asyncio.create_task(draw("one")) for _ in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyTransfers):
        await draw("one")
    tasks += [asyncio.create_task(draw("two")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(GatewayBusy):
        await draw("three")
    gate.set()
    await asyncio.gather(*tasks)

    await draw("one")
