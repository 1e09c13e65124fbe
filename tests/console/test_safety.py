"""What a page of another site, a guesser or a thief cannot do with the console."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from console import app, forms
from console.answers import Stop
from console.guarding import is_our_form
from console.sessions import Sessions, TooLarge
from console.times import day, days_left, moment
from kit.ids import new_id
from tests.console.answering import Answering, browsing
from tests.console.browsing import Browser
from tests.console.conftest import COLLEGE, PATIENCE, SECRETARY
from tests.console.world import World
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

Open = Callable[..., Browser]
SECRET = "of-the-console-" * 3


def asked(*, cookie: str = "", **headers: str) -> Request:
    """A request with these headers."""
    named = {**headers, **({"cookie": cookie} if cookie else {})}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    return Request({"type": "http", "headers": raw})


def test_a_form_of_another_page_does_nothing(browser: Open, world: World) -> None:
    browsing = browser(SECRETARY, "en")
    path = f"/registry/memberships/{world.memberships[COLLEGE]}/suspend_member"
    for origin in ("https://elsewhere.example", "null", None):
        refused = browsing.send(path, origin=origin, key=new_id(), reason="theirs")
        assert (refused.status_code, "Nothing was done" in refused.text) == (403, True), origin


def test_signing_out_and_in_needs_our_own_form_too(browser: Open, world: World) -> None:
    browsing = browser(COLLEGE)

    assert browsing.send("/sign-out", origin="https://elsewhere.example").status_code == 403
    assert browsing.send("/sign-in", origin="https://elsewhere.example", persona=SECRETARY).status_code == 403
    assert browsing.get("/today").status_code == 200


def test_the_cookie_is_for_pages_alone(browser: Open, world: World) -> None:
    browsing = browser(COLLEGE)
    answer = browsing._http.post(
        "/graphql", json={"query": "{ viewer { id } }"}, headers={"accept": "application/json"}
    )

    assert answer.json()["data"] == {"viewer": None}


def test_under_https_the_cookie_is_bound_to_the_host() -> None:
    response = Response()
    Sessions(SECRET, secure=True).keep(response, "token")

    assert response.headers["set-cookie"].startswith("__Host-hub_session=")
    assert "Secure" in response.headers["set-cookie"]


def test_sessions_that_were_ended_are_ended_in_pages_too(browser: Open, world: World, console_hub: RunningHub) -> None:
    browsing = browser("judge")
    assert browsing.get("/today").status_code == 200
    Client(console_hub, "judge").do("endSessions", person="persona:judge")

    wait_until(lambda: browsing.get("/today").status_code == 303, PATIENCE, "the session goes on")


@pytest.mark.parametrize("cookie", ["", "nonsense", "gAAAAAB" + "A" * 100, "x" * 5_000, "é"])
def test_a_cookie_that_is_not_ours_is_a_visitor(cookie: str) -> None:
    request = SimpleNamespace(cookies={"hub_session": cookie})

    assert Sessions(SECRET, secure=False).read(request) is None  # type: ignore[arg-type]


def test_a_session_opens_at_every_gateway_with_the_secret_and_at_no_other() -> None:
    response = Response()
    Sessions(SECRET, secure=False).keep(response, "token")
    cookie = response.headers["set-cookie"].partition(";")[0]

    assert Sessions(SECRET, secure=False).read(asked(cookie=cookie)) == "token"
    assert Sessions(SECRET + "x", secure=False).read(asked(cookie=cookie)) is None
    assert Sessions(SECRET, secure=False, use="flight").read(asked(cookie=cookie)) is None


def test_tokens_that_do_not_fit_into_a_cookie_are_said() -> None:
    with pytest.raises(TooLarge):
        Sessions(SECRET, secure=False).keep(Response(), secrets.token_hex(4_000))


def test_every_page_says_what_it_may_load_and_who_may_frame_it(browser: Open, world: World) -> None:
    for path in ("/", "/sign-in", "/competitions/nonsense", "/today"):
        headers = browser().get(path).headers
        policy = dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"


def test_a_form_is_read_within_bounds(browser: Open, world: World) -> None:
    browsing = browser(COLLEGE)
    kind = "application/x-www-form-urlencoded"

    assert browsing.post("/inbox/read", b"a=" + b"b" * 300_000, kind).status_code == 413
    assert browsing.post("/inbox/read", b"&".join(b"a=b" for _ in range(2_000)), kind).status_code == 400
    assert browsing.post("/inbox/read", b"a=%ff", kind).status_code == 400
    assert browsing.post("/inbox/read", b"{}", "application/json").status_code == 400


async def test_a_form_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LONGEST", 0.01)

    with pytest.raises(Stop, match="FORM_UNREADABLE"):
        await forms.read_form(Request({"type": "http", "headers": []}, asyncio.Event().wait))  # type: ignore[arg-type]


async def test_who_goes_away_within_a_form_is_no_incident(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ClientDisconnect

    monkeypatch.setattr(app, "read_form", gone)
    async with browsing(answering, "zhao") as client:
        ended = await client.post("/inbox/read")

    assert (ended.status_code, ended.content, answering.asked) == (400, b"", [])


async def test_the_length_of_a_page_tells_nothing_of_who_is_signed_in(answering: Answering) -> None:
    answering.body = {"data": {"competitions": None}, "errors": [{"message": "long " * 1_000}]}
    encodings = []
    for token in ("zhao", ""):
        async with browsing(answering, token) as client:
            page = await client.get("/competitions", headers={"accept-encoding": "gzip"})
            encodings.append(page.headers.get("content-encoding"))

    assert encodings == [None, "gzip"]


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "https://hub.example"}, True),
        ({"origin": "https://10.0.0.1:8000", "host": "10.0.0.1:8000"}, True),
        ({"origin": "http://hub.example", "host": "hub.example"}, False),
        ({"origin": "null", "host": "hub.example"}, False),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "same-site"}, False),
        ({}, False),
    ],
)
def test_whose_form_it_is(headers: dict[str, str], ours: bool) -> None:
    assert is_our_form(asked(**headers), "https://hub.example") is ours


def test_moments_are_those_of_china() -> None:
    now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)

    assert moment("2026-11-30T16:30:00+00:00", "zh-CN", now) == "12月1日 00:30"
    assert moment("2027-01-05T01:00:00+00:00", "en", now) == "5 Jan 2027 09:00"
    assert day("2018-12-13", "zh-CN", now) == "2018年12月13日"
    assert [days_left(f"2026-{at}T15:30:00+00:00", now) for at in ("11-29", "11-30", "12-02")] == [-1, 0, 2]
