"""What a page shows when a service is away, or something is wrong inside: what stands, why the rest is missing, a way on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import Response

from console.app import console_routes
from console.assets import Assets
from console.rendering import Rendering
from console.sessions import Sessions
from console.setup import Setup
from console.way import Way
from gateway.executor import Asked, Executor
from gateway.viewer import Identity, InvalidToken
from kit.clock import MovableClock

NOBODY_THERE = {"code": "UNAVAILABLE"}
VIEWER = {"name": "赵", "alliances": [], "organizations": [{"id": "1", "name": "学院"}], "provinces": [], "series": []}
AGENDA = {"nodes": [], "missing": [{"message": "赛事暂时不可用"}], "pageInfo": {"hasNextPage": False}}


class Answering:
    """An executor that gives the same body to whatever is asked, or fails; it believes every token but one."""

    def __init__(self) -> None:
        self.body: dict[str, Any] | Exception = {}

    async def known(self, token: str) -> Identity:
        if token == "expired":
            raise InvalidToken("expired")
        return Identity(token, name="赵")

    async def answer(self, _from: HTTPConnection, _who: Identity | None, _in: str, _asked: Asked) -> dict[str, Any]:
        if isinstance(self.body, Exception):
            raise self.body
        return self.body


@pytest.fixture
def answering() -> Answering:
    return Answering()


@pytest.fixture
def sessions() -> Sessions:
    return Sessions("s" * 32, secure=False)


@pytest_asyncio.fixture
async def client(answering: Answering, sessions: Sessions) -> AsyncIterator[httpx.AsyncClient]:
    assets, clock = Assets(), MovableClock(datetime(2026, 12, 1, tzinfo=UTC))
    executor = cast("Executor", answering)
    way = Way((), lambda _name: "")
    setup = Setup(executor, Rendering(assets), sessions, way, "http://hub", clock)
    transport = httpx.ASGITransport(Starlette(routes=[*console_routes(setup, assets)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        client.cookies["hub_session"] = cookie(sessions, "zhao")
        yield client


def cookie(sessions: Sessions, token: str) -> str:
    response = Response()
    sessions.keep(response, token)
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]


async def test_what_stands_is_shown_and_what_is_away_is_said(client: httpx.AsyncClient, answering: Answering) -> None:
    away = {"message": "通知暂时不可用", "path": ["notices"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"viewer": VIEWER, "agenda": AGENDA, "notices": None}, "errors": [away]}

    page = await client.get("/today")

    assert page.status_code == 200
    assert all(text in page.text for text in ("学院", "赛事暂时不可用", "通知暂时不可用", "没有待办事项"))


async def test_a_page_that_rests_on_what_is_away_says_so_and_leads_on(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    away = {"message": "服务暂时不可用，请稍后再试。", "path": ["competitions"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"competitions": None}, "errors": [away]}

    page = await client.get("/competitions?open=1")

    assert page.status_code == 503
    assert all(text in page.text for text in ("服务暂时不可用", "再试一次", 'href="/competitions?open=1"'))


async def test_a_budget_that_is_spent_is_said(client: httpx.AsyncClient, answering: Answering) -> None:
    answering.body = {"errors": [{"message": "请求额度已用完", "extensions": {"code": "BUDGET_SPENT"}}]}

    page = await client.get("/inbox")

    assert (page.status_code, "请求额度已用完" in page.text) == (429, True)


async def test_a_bug_is_a_page_with_its_number(client: httpx.AsyncClient, answering: Answering) -> None:
    answering.body = RuntimeError("secret of ours")

    page = await client.get("/today")

    assert page.status_code == 500
    assert "事件编号" in page.text and "secret of ours" not in page.text


async def test_a_command_that_cannot_be_carried_out_keeps_what_was_typed(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    member = {"id": "1", "alliance": {"id": "2", "name": "联盟"}, "organization": {"name": "学院"}}
    away = {"message": "服务暂时不可用", "path": ["declineMembership"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"node": member, "declineMembership": None}, "errors": [away]}

    page = await client.post(
        "/registry/memberships/1/decline_membership", data={"reason": "材料不全"}, headers={"origin": "http://hub"}
    )

    assert page.status_code == 422
    assert "服务暂时不可用" in page.text and "材料不全" in page.text


async def test_a_session_that_has_ended_leads_to_signing_in(client: httpx.AsyncClient, sessions: Sessions) -> None:
    client.cookies["hub_session"] = cookie(sessions, "expired")
    page = await client.get("/today")

    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Ftoday")
    assert "尚未开通网页登录" in (await client.get("/sign-in")).text
