"""Lanes: commands that wait, however many, keep no read waiting; more than may wait are told so at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from gateway.rpc import Rpc
from kit.broker.bus import Unavailable
from kit.ids import new_id
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import WAITING_BYTES, WORKERS
from tests.kit.contract.waiting import soon

Commands = list["asyncio.Task[object]"]


@pytest.fixture
async def commands(rpc: Rpc, gate: Gate) -> AsyncIterator[Commands]:
    """Thrice as many commands as there are workers, the first of them at a gate that stays shut."""
    call = {"text": str(gate.path)}
    tasks: Commands = [asyncio.create_task(rpc.command("notes", "write_slowly", call)) for _ in range(3 * WORKERS)]
    await soon(lambda: gate.reached, "the commands do not come")
    yield tasks
    gate.open()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_read_is_answered_while_commands_wait(rpc: Rpc, commands: Commands) -> None:
    for _ in range(3):
        assert (await rpc.query("notes", "whoami"))["viewer"] == rpc.context.viewer.id

    assert not any(task.done() for task in commands)


async def test_reads_carried_together_are_answered_while_commands_wait(rpc: Rpc, commands: Commands) -> None:
    answers = await asyncio.gather(*(rpc.query("notes", "whoami") for _ in range(5)))

    assert len(answers) == 5
    assert not any(task.done() for task in commands)


async def test_commands_beyond_what_may_wait_are_unavailable_at_once_and_others_go_on(
    rpc: Rpc, commands: Commands
) -> None:
    large = {"text": "x" * (WAITING_BYTES // 20)}
    beyond = [asyncio.create_task(rpc.command("notes", "write", large)) for _ in range(25)]
    first, _ = await asyncio.wait(beyond, return_when=asyncio.FIRST_COMPLETED)

    with pytest.raises(Unavailable, match="busy"):
        await first.pop()
    assert not any(task.done() for task in commands)
    assert (await rpc.query("notes", "whoami"))["viewer"] == rpc.context.viewer.id
    for task in beyond:
        task.cancel()


async def test_after_that_every_command_that_waited_is_carried_out(rpc: Rpc, gate: Gate) -> None:
    texts = [f"in its turn {new_id()}" for _ in range(3 * WORKERS)]
    held = asyncio.create_task(rpc.command("notes", "write_slowly", {"text": str(gate.path)}))
    await soon(lambda: gate.reached, "the command does not come")
    waiting = [asyncio.create_task(rpc.command("notes", "write", {"text": text})) for text in texts]
    await rpc.query("notes", "whoami")  # by now they have been read

    gate.open()

    assert [note["text"] for note in await asyncio.gather(*waiting)] == texts
    assert (await held)["text"] == str(gate.path)
