"""Signing in as a persona: in a new session, for whoever asks from this machine, and to a page of ours alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from console.guarding import local
from tests.console.answering import ORIGIN, Answering, browsing
from tests.console.browsing import Page

PERSONA = {"persona": "zhao"}
ELSEWHERE = [
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
    "",
    "/a\nb",
    "/\t/b",
]


@pytest_asyncio.fixture
async def visitor(answering: Answering) -> AsyncIterator[httpx.AsyncClient]:
    async with browsing(answering) as visitor:
        yield visitor


async def test_a_visitor_is_sent_to_sign_in_and_back_from_there(visitor: httpx.AsyncClient) -> None:
    sent = await visitor.get("/inbox?unread=1")
    page = await visitor.get(sent.headers["location"])
    back = await visitor.post("/sign-in", data={**Page(page.text).form("/sign-in"), **PERSONA})

    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=%2Finbox%3Funread%3D1")
    assert "赵老师" in page.text
    assert (back.status_code, back.headers["location"]) == (303, "/inbox?unread=1")
    assert visitor.cookies["hub_session"]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_on_this_machine_personas_are_offered(answering: Answering, address: str) -> None:
    async with browsing(answering, address=address) as here:
        assert "赵老师" in (await here.get("/sign-in")).text
        assert (await here.post("/sign-in", data=PERSONA)).status_code == 303


@pytest.mark.parametrize(
    ("address", "header"),
    [
        ("10.0.0.7", ""),
        ("2001:db8::1", ""),
        ("", ""),
        *(("127.0.0.1", name) for name in ("forwarded", "x-forwarded-for", "X-Forwarded-Proto", "x-real-ip", "via")),
    ],
)
async def test_nobody_from_elsewhere_is_a_persona(answering: Answering, address: str, header: str) -> None:
    async with browsing(answering, address=address) as afar:
        headers = {header: "127.0.0.1"} if header else {}
        shown = await afar.get("/sign-in", headers=headers)
        refused = await afar.post("/sign-in", data=PERSONA, headers=headers)

    assert "赵老师" not in shown.text + refused.text
    assert (refused.status_code, "set-cookie" in refused.headers) == (422, False)


async def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: httpx.AsyncClient) -> None:
    set_cookie = (await visitor.post("/sign-in", data=PERSONA)).headers["set-cookie"]

    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in set_cookie.split(";")}
    assert "zhao" not in set_cookie


async def test_signing_in_makes_a_new_session_and_signing_out_ends_it(visitor: httpx.AsyncClient) -> None:
    first = (await visitor.post("/sign-in", data=PERSONA)).headers["set-cookie"]
    assert (await visitor.post("/sign-in", data=PERSONA)).headers["set-cookie"] != first

    out = await visitor.post("/sign-out")

    assert out.headers["location"] == "/sign-in?said=out"
    assert (await visitor.get("/today")).status_code == 303


async def test_a_form_of_another_page_signs_nobody_in(visitor: httpx.AsyncClient) -> None:
    elsewhere = {"origin": "https://elsewhere.example"}

    assert (await visitor.post("/sign-in", data=PERSONA, headers=elsewhere)).status_code == 403
    assert visitor.headers["origin"] == ORIGIN and "hub_session" not in visitor.cookies


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_nobody_is_led_elsewhere(visitor: httpx.AsyncClient, address: str) -> None:
    assert local(address, "/today") == "/today"
    answer = await visitor.post("/sign-in", data={**PERSONA, "next": address})
    assert answer.headers["location"] == "/today"
