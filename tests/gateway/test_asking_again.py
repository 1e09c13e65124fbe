"""Asking again: a read that got no answer is asked a second time after a pause, within its deadline; a command never is."""

from __future__ import annotations

import pytest

from gateway.rpc import Rpc
from kit.broker.bus import Unavailable
from kit.context import Context
from kit.wire.request import Payload, Request


class Flaky:
    """A wire on which the first call gets no answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def send(self, service: str, request: Request) -> Payload:
        self.asked.append(f"{service}.{request.method}")
        if len(self.asked) == 1:
            raise Unavailable("the connection broke")
        return {"result": "found", "error": None}


async def test_a_read_is_asked_again_and_a_command_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.rpc.PAUSE", 0.001)
    reads, commands = Flaky(), Flaky()

    assert await Rpc(reads, Context(), 10).query("events", "editions") == "found"
    with pytest.raises(Unavailable):
        await Rpc(commands, Context(), 10).command("events", "open_edition", {})

    assert (len(reads.asked), len(commands.asked)) == (2, 1)


async def test_there_is_a_pause_before_it_and_without_time_for_that_no_second_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gateway.rpc.PAUSE", 3600)
    wire = Flaky()

    with pytest.raises(Unavailable):
        await Rpc(wire, Context(), 10).query("events", "editions")

    assert len(wire.asked) == 1
