"""Unsubscribing: opening the link changes nothing, its button ends the e-mails, and nobody learns whose link it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
from starlette.applications import Starlette

from contracts.refusals import NotFound
from gateway.context import Context
from gateway.live import Live
from gateway.mail.routes import mail_routes
from gateway.rpc import Refused, Rpc
from kit.context import Context as CallContext
from tests.gateway.scripted import ScriptedServices

LINK = "/mail/unsubscribe/kept-token"


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=mail_routes(lambda _: Context(None, "en", Rpc(services(), CallContext(), 5), live(), "")))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        yield client


SERVICES: list[ScriptedServices] = []


def live() -> Live:
    return Live(SERVICES[-1], ())


def services() -> ScriptedServices:
    def unsubscribe(request: Any) -> dict[str, Any]:
        if request.arguments["token"] != "kept-token":
            raise Refused([NotFound("token")])
        return {}

    SERVICES.append(ScriptedServices(notify__unsubscribe=unsubscribe))
    return SERVICES[-1]


async def test_opening_the_link_only_asks(client: httpx.AsyncClient) -> None:
    SERVICES.clear()
    zh = await client.get(LINK)
    en = await client.get(LINK, headers={"accept-language": "en"})

    assert (zh.status_code, "不再接收邮件" in zh.text, "End the e-mails" in en.text) == (200, True, True)
    assert SERVICES == []
    assert "form-action 'self'" in zh.headers["content-security-policy"]


async def test_the_button_and_a_mail_program_end_them(client: httpx.AsyncClient) -> None:
    answer = await client.post(LINK, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, "已退订" in answer.text) == (200, True)
    assert SERVICES[-1].calls == ["notify.unsubscribe"]


async def test_a_link_of_nobodys_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.post("/mail/unsubscribe/another")).status_code == 404
