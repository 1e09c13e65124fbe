"""Shedding: a crowd before a slow service gets typed refusals before anything is sent; at rest everybody is let in."""

from __future__ import annotations

import asyncio
import time

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from gateway.context import Context as GraphContext
from gateway.problems import report
from gateway.rpc import Rpc, TooBusy
from gateway.shedding import WINDOW, Line, Shedding
from kit.broker.bus import Unavailable
from kit.context import Context
from kit.wire.request import Payload, Request

SURE = 4
TIMEOUT = 10.0


class SlowService:
    """A wire whose calls are answered when the test says so, by a clock of the test's own."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.waiting: list[asyncio.Future[None]] = []
        self.sent = 0

    async def send(self, _service: str, _request: Request) -> Payload:
        self.sent += 1
        self.waiting.append(asyncio.get_running_loop().create_future())
        await self.waiting[-1]
        return {"result": "done", "error": None}

    async def answer(self, calls: int, *, each_after: float) -> None:
        for _ in range(calls):
            self.time += each_after
            self.waiting.pop(0).set_result(None)
            await asyncio.sleep(0)
            await asyncio.sleep(0)


class Hall:
    """People who call a slow service through the gateway."""

    def __init__(self) -> None:
        self.service = SlowService()
        self.wire = Shedding(self.service, SURE, lambda: self.service.time)
        self.calls: list[asyncio.Task[object]] = []

    async def come(self, people: int) -> None:
        for _ in range(people):
            rpc = Rpc(self.wire, Context(), TIMEOUT)
            self.calls.append(asyncio.create_task(rpc.command("events", "submit_entry", {})))
        await asyncio.sleep(0)

    def refused(self) -> int:
        return sum(isinstance(call.exception(), TooBusy) for call in self.calls if call.done())

    async def leave(self) -> None:
        for call in self.calls:
            call.cancel()
        await asyncio.gather(*self.calls, return_exceptions=True)


@pytest.fixture
async def hall():
    hall = Hall()
    yield hall
    await hall.leave()


async def test_who_would_be_answered_too_late_is_refused_at_once_and_nothing_is_sent(hall: Hall) -> None:
    await hall.come(40)
    await hall.service.answer(8, each_after=0.5)  # at two a second 32 more take 16 s
    await hall.come(5)

    assert hall.refused() == 5
    assert hall.service.sent == 40


async def test_a_crowd_that_moves_is_let_in_however_large_it_is(hall: Hall) -> None:
    await hall.come(400)
    await hall.service.answer(200, each_after=0.01)
    await hall.come(300)

    assert hall.refused() == 0
    assert hall.service.sent == 700


async def test_who_comes_when_the_crowd_has_left_is_let_in(hall: Hall) -> None:
    await hall.come(40)
    await hall.service.answer(40, each_after=0.5)
    await hall.come(SURE)
    await hall.come(36)  # nothing is known of a pace any more

    assert hall.refused() == 0


async def test_the_first_are_always_let_in_so_that_who_recovers_is_noticed(hall: Hall) -> None:
    await hall.come(40)
    hall.service.time += TIMEOUT + 1  # nobody is answered
    await hall.come(3)
    assert hall.refused() == 3

    for waiting in hall.service.waiting:
        waiting.set_exception(Unavailable("events has not answered in time"))
    await asyncio.gather(*hall.calls, return_exceptions=True)
    hall.service.waiting.clear()
    sent = hall.service.sent
    await hall.come(SURE)

    assert hall.service.sent == sent + SURE


async def test_a_slow_method_holds_no_other_up(hall: Hall) -> None:
    await hall.come(40)
    await hall.service.answer(8, each_after=0.5)
    asking = asyncio.create_task(Rpc(hall.wire, Context(), TIMEOUT).command("events", "withdraw_entry", {}))
    await asyncio.sleep(0)

    assert hall.service.sent == 41
    asking.cancel()


async def test_a_read_that_is_refused_is_not_asked_again() -> None:
    class Busy:
        asked = 0

        async def send(self, _service: str, _request: Request) -> Payload:
            self.asked += 1
            raise TooBusy("events")

    busy = Busy()

    with pytest.raises(TooBusy):
        await Rpc(busy, Context(), TIMEOUT).query("events", "editions")

    assert busy.asked == 1


@given(st.lists(st.sampled_from(["enter", "answer", "fail", "wait"]), max_size=200))
def test_nobody_waits_at_rest_whatever_was_before(course: list[str]) -> None:
    line, now, under_way = Line(SURE), time.monotonic(), 0
    for step in course:
        now += WINDOW / 3
        if step == "enter":
            line.enter(now)
            under_way += 1
        elif step != "wait" and under_way:
            if step == "answer":
                line.answered(now)
            line.leave()
            under_way -= 1
        if under_way < SURE:
            assert line.wait(now) == 0


@pytest.mark.parametrize(("locale", "said"), [("en", "Too many requests at once"), ("zh-CN", "请求过多")])
def test_whoever_is_refused_is_told_so_by_its_code_and_in_their_language(locale: str, said: str) -> None:
    error = GraphQLError("?", original_error=TooBusy("events"))
    told = report(error, GraphContext(None, locale, None, None, "course"))

    assert told["extensions"] == {"code": "TOO_BUSY"}
    assert said in told["message"]
