"""Whoever spends more than their share is told so, and when to come again; nobody else is hurt by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from contracts.certificate_numbers import new_number
from gateway.app import create_app
from gateway.budgets.budgets import Budgets
from gateway.graph.relay import to_global_id
from gateway.viewer import Identity, InvalidToken
from hub.settings import read_settings
from tests.gateway.protocol.talking import acknowledged
from tests.gateway.protocol.tiny_gateway import served
from tests.gateway.scripted import ScriptedServices

ALLIANCES = "{ alliances(first: 100) { nodes { name members(first: 2) { nodes { status } } } } }"
NUMBER, ID = new_number(2026, "YRD"), "01a20000-0000-7000-8000-000000000000"
CHEAP = "{ alliances(first: 1) { pageInfo { hasNextPage } } }"
GRAPHQL_JSON = "application/graphql-response+json"
SPENT = {
    "en": "Your budget is spent (needed 1105, left {left}); please try again in {retryAfter} seconds",
    "zh-CN": "请求额度已用完（需要 1105，剩余 {left}）；请在 {retryAfter} 秒后重试",
}


class Believing:
    """Takes a token for the name of its bearer, and behind a dot of their client; "forged" is none."""

    async def verify(self, token: str) -> Identity:
        if token == "forged":
            raise InvalidToken("signature")
        person, _, client = token.partition(".")
        return Identity(person, client=client or None)


def app() -> Any:
    nothing = {"nodes": [], "cursors": [], "has_next": False}
    services = ScriptedServices(alliances__alliances=lambda _: nothing, notify__notices=lambda _: nothing)
    return create_app(read_settings(), services, Believing(), dict)


@pytest.fixture
def small(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets that are spent soon and do not fill while a test runs."""
    for name, figure in {"PERSON": 1_200, "ADDRESS": 1_200, "CLIENT": 1_600, "SECONDS": 1}.items():
        monkeypatch.setenv(f"HUB_BUDGET_{name}", str(figure))
    monkeypatch.setattr("gateway.app.Budgets", partial(Budgets, now=lambda: 0.0))


class Asking:
    """Asks the hub from any address."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def ask(self, text: str, *, token: str = "", address: str = "192.0.2.1", **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            signed = {"authorization": f"Bearer {token}"} if token else {}
            given = {"accept": GRAPHQL_JSON, "accept-language": "en", **signed, **headers}
            return await client.post("/graphql", json={"query": text}, headers=given)

    async def get(self, path: str, *, address: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            return await client.get(path, headers={"accept-language": "en"})

    async def spend(self, **who: str) -> httpx.Response:
        """Ask until it is refused."""
        for _ in range(1_000):
            answer = await self.ask(ALLIANCES, **who)
            if answer.status_code != 200:
                return answer
        raise AssertionError("nobody was refused")


@pytest_asyncio.fixture
async def hub(small: None) -> AsyncIterator[Asking]:
    hub = app()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(hub.router.lifespan_context(hub))
        yield Asking(hub)


async def test_every_answer_says_what_it_cost_and_what_is_left(hub: Asking) -> None:
    first, again = [(await hub.ask(ALLIANCES, token="ann")).json()["extensions"]["cost"] for _ in range(2)]

    # a page of nothing used two fields and one call, whatever could have been on it
    assert first == {"requested": 5 + 100 * (1 + 1 + 5 + 2 * 2), "used": 2 + 5, "left": 1_200 - 7}
    assert again["left"] == 1_200 - 2 * 7


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("accept", [GRAPHQL_JSON, "application/json"])
async def test_who_has_spent_everything_is_told_when_to_come_again(hub: Asking, accept: str, language: str) -> None:
    who = {"token": "ann", "accept": accept, "accept-language": language}

    answer = await hub.spend(**who)

    [error] = answer.json()["errors"]
    told = error["extensions"]
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(told["retryAfter"]) == "1"
    assert told["code"] == "BUDGET_SPENT"
    assert error["message"] == SPENT[language].format(**told)
    assert "data" not in answer.json()


async def test_who_is_signed_in_is_hurt_by_no_neighbour(hub: Asking) -> None:
    await hub.spend()
    await hub.spend(token="ann.school")

    assert (await hub.ask(ALLIANCES)).status_code == 429
    assert (await hub.ask(ALLIANCES, token="bob.library")).status_code == 200
    assert (await hub.ask(ALLIANCES, address="192.0.2.2")).status_code == 200


async def test_a_visitor_does_not_become_another_by_saying_so(hub: Asking) -> None:
    await hub.spend()

    assert (await hub.ask(ALLIANCES, **{"x-forwarded-for": "198.51.100.1"})).status_code == 429


async def test_one_household_of_an_ipv6_network_is_one_address(hub: Asking) -> None:
    await hub.spend(address="2001:db8:1:2::1")

    assert (await hub.ask(ALLIANCES, address="2001:db8:1:2:ffff::9")).status_code == 429
    assert (await hub.ask(ALLIANCES, address="2001:db8:1:3::1")).status_code == 200


async def test_all_visitors_together_leave_something_to_those_signed_in(hub: Asking) -> None:
    for number in range(1, 8):
        await hub.spend(address=f"192.0.2.{number}")

    assert (await hub.ask(ALLIANCES, address="192.0.2.99")).status_code == 429
    assert (await hub.ask(ALLIANCES, token="ann", address="192.0.2.1")).status_code == 200


async def test_all_who_use_one_client_share_its_budget(hub: Asking) -> None:
    for number in range(1, 8):
        await hub.spend(token=f"person{number}.greedy")

    assert (await hub.ask(ALLIANCES, token="ann.greedy")).status_code == 429
    assert (await hub.ask(ALLIANCES, token="ann.modest")).status_code == 200


async def test_documents_that_are_refused_are_paid_for_too(hub: Asking) -> None:
    nonsense = "{ " + " ".join(f"nonsense{number}" for number in range(400)) + " }"

    answers = [(await hub.ask(nonsense + " " * number)).status_code for number in range(20)]

    assert answers[0] == 400 and answers[-1] == 429


async def test_tokens_that_are_none_are_paid_for_by_their_address(hub: Asking) -> None:
    answers = [(await hub.ask(CHEAP, token="forged")).status_code for _ in range(30)]

    assert answers == [401] * 12 + [429] * 18
    assert (await hub.ask(CHEAP, token="ann")).status_code == 200
    assert (await hub.ask(CHEAP, token="forged", address="192.0.2.2")).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        f"/certificates/{NUMBER}.pdf",
        f"/verify/{NUMBER}",
        f"/credentials/{NUMBER}",
        f"/calendar/competitions/{to_global_id('Competition', ID)}.ics",
        "/calendar/people/x.ics",
        f"/alliances/{to_global_id('Alliance', ID)}",
        f"/exports/entries/{to_global_id('Competition', ID)}.csv",
    ],
    ids=["pdf", "verify", "credential", "competition", "person", "alliance", "export"],
)
async def test_every_other_address_is_paid_for_by_the_same_budget(hub: Asking, path: str) -> None:
    while (await hub.ask(CHEAP)).status_code == 200:
        pass

    answer = await hub.get(path, address="192.0.2.1")

    assert (answer.status_code, answer.headers.get("retry-after")) == (429, "1"), answer.text
    assert "BUDGET_SPENT" in answer.text
    assert "budget is spent" in answer.text


@pytest.mark.parametrize("language", ["en", "zh-CN"])
async def test_on_a_socket_each_operation_is_paid_for(small: None, language: str) -> None:
    answered, answer = 0, {"type": "next"}
    with served(app(), lifespan="on") as url:
        signed = {"Authorization": "Bearer ann"}
        async with acknowledged(url, signed, additional_headers={"accept-language": language}) as talk:
            while answer["type"] == "next" and answered < 1_000:
                await talk.subscribe(str(answered), ALLIANCES)
                answer = await talk.hear()
                if answer["type"] == "next":
                    assert answer["payload"]["extensions"]["cost"]["used"] == 7
                    assert (await talk.hear())["type"] == "complete"
                    answered += 1

    [error] = answer["payload"]
    assert answered > 10
    assert error["extensions"]["code"] == "BUDGET_SPENT"
    assert error["message"] == SPENT[language].format(**error["extensions"])
