"""However many pages one person has open, a notice is loaded once for all of them; and there is an end to how many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from contracts.notify.notices import NoticeIssued
from gateway.live import Live
from tests.gateway.live_messages import issued
from tests.gateway.protocol.talking import acknowledged, connected
from tests.gateway.protocol.tiny_gateway import served
from tests.gateway.scripted import ScriptedGateway, ScriptedServices
from tests.hostile.test_budgets import app

PAGES, NOTICES = 500, 20
RECEIVED = "subscription { noticeReceived { id title } }"
ANN = {"Authorization": "Bearer ann"}
SOCKETS = {
    "en": "You have 2 sockets open, the most there may be; close pages that you do not need",
    "zh-CN": "您同时打开的连接已达 2 个；请关闭不用的页面后重试",
}
SUBSCRIPTIONS = {
    "en": "You have 3 subscriptions, the most there may be; close pages that you do not need",
    "zh-CN": "您的订阅已达 3 个；请关闭不用的页面后重试",
}


def services() -> ScriptedServices:
    def notices(request: Any) -> Any:
        return [{"id": id_, "title": request.context.locale} for id_ in request.arguments["ids"]]

    return ScriptedServices(notify__notices_by_id=notices)


async def heard(answers: AsyncIterator[dict[str, Any]], number: int) -> list[str]:
    return [(await anext(answers))["data"]["noticeReceived"]["title"] for _ in range(number)]


async def test_what_comes_to_500_pages_of_one_person_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Live.__init__, "__defaults__", (PAGES,))
    wire = services()
    gateway = ScriptedGateway(wire, "ann")
    pages = [asyncio.ensure_future(heard(gateway.answers(RECEIVED), NOTICES)) for _ in range(PAGES)]
    await asyncio.sleep(0)

    wire.pass_by(*(issued("ann") for _ in range(NOTICES)))

    assert await asyncio.gather(*pages) == [["en"] * NOTICES] * PAGES
    assert wire.calls == ["notify.notices_by_id"] * NOTICES


async def test_pages_that_ask_for_different_things_share_what_is_loaded_and_not_the_answer() -> None:
    wire = services()
    gateway = ScriptedGateway(wire, "ann")
    texts = (
        RECEIVED,
        "subscription { noticeReceived { title } }",
        "subscription($x: Boolean = false) { noticeReceived { title id @skip(if: $x) } }",
    )
    pages = [asyncio.ensure_future(anext(gateway.answers(text))) for text in (*texts, *texts)]
    pages.append(asyncio.ensure_future(anext(gateway.answers(texts[2], x=True))))
    await asyncio.sleep(0)

    wire.pass_by(issued("ann"))

    found = [sorted(body["data"]["noticeReceived"]) for body in await asyncio.gather(*pages)]
    assert found == [["id", "title"], ["title"], ["id", "title"]] * 2 + [["title"]]
    assert wire.calls == ["notify.notices_by_id"]


async def test_a_page_that_leaves_takes_nothing_from_the_others() -> None:
    going_on = asyncio.Event()
    wire = services()
    answered = wire.send

    async def slowly(*asked: Any) -> Any:
        await going_on.wait()
        return await answered(*asked)

    wire.send = slowly  # type: ignore[method-assign]
    gateway = ScriptedGateway(wire, "ann")
    first, second = [asyncio.ensure_future(anext(gateway.answers(RECEIVED))) for _ in range(2)]
    await asyncio.sleep(0)
    wire.pass_by(issued("ann"))
    await asyncio.sleep(0.01)

    first.cancel()
    await asyncio.sleep(0)
    going_on.set()

    assert (await second)["data"]["noticeReceived"]["title"] == "en"
    assert first.cancelled()


async def test_everybody_reads_in_their_own_language() -> None:
    wire = services()
    live = Live(wire, (NoticeIssued.type,))
    pages = []
    for locale in ("en", "zh-CN"):
        gateway = ScriptedGateway(wire, "ann", locale)  # type: ignore[arg-type]
        gateway.context.live = live
        pages.append(asyncio.ensure_future(anext(gateway.answers(RECEIVED))))
    await asyncio.sleep(0)

    wire.pass_by(issued("ann"))

    assert [(await page)["data"]["noticeReceived"]["title"] for page in pages] == ["en", "zh-CN"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
async def test_sockets_of_one_person_have_a_bound_and_each_that_closes_makes_room(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("HUB_SOCKETS", "2")
    spoken = {"additional_headers": {"accept-language": language}}
    with served(app(), lifespan="on") as url:
        async with AsyncExitStack() as open_:
            await open_.enter_async_context(acknowledged(url, ANN))
            async with acknowledged(url, ANN), connected(url, **spoken) as third:
                await third.say(type="connection_init", payload=ANN)
                assert await third.end() == (1013, SOCKETS[language])
                async with acknowledged(url, {"Authorization": "Bearer bob"}), acknowledged(url):
                    pass
            await open_.enter_async_context(acknowledged(url, ANN))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
async def test_subscriptions_of_one_person_have_a_bound(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("HUB_SUBSCRIPTIONS", "3")
    with served(app(), lifespan="on") as url:
        async with acknowledged(url, ANN, additional_headers={"accept-language": language}) as talk:
            for number in range(4):
                await talk.subscribe(str(number), RECEIVED)
            refused = await talk.hear()
            await talk.say(type="complete", id="0")
            await talk.subscribe("5", RECEIVED)
            await talk.subscribe("6", RECEIVED)
            again = await talk.hear()

    assert (refused["type"], refused["id"]) == ("error", "3")
    assert refused["payload"][0]["extensions"] == {"code": "TOO_MANY_SUBSCRIPTIONS", "allowed": 3}
    assert refused["payload"][0]["message"] == SUBSCRIPTIONS[language]
    assert (again["type"], again["id"]) == ("error", "6")
