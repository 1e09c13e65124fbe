"""Signing in at the issuer: bound to the browser and to this sign-in, renewed while it lasts, ended here and everywhere."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from console.sessions import Sessions
from contracts.alliances.authority.sessions import SessionsEnded
from kit.ids import new_id
from tests.console.answering import cookie
from tests.console.at_issuer import AUDIENCE, CLIENT, HOUR, HUB, MINUTE, PERSON, SECRETS, Issuer, Place, place
from tests.console.test_signing_in import ELSEWHERE
from tests.gateway.sign_in.fake_issuer import ISSUER
from tests.services.service_hub import enveloped

COOKIES = ["__Host-hub_flight", "__Host-hub_renewal", "__Host-hub_session"]


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest_asyncio.fixture
async def hub(tmp_path: Path, issuer: Issuer) -> AsyncIterator[Place]:
    async with place(tmp_path, issuer) as found:
        yield found


def kept(answer: httpx.Response) -> dict[str, str]:
    """The cookies that the answer sets, with what it says of each."""
    return {each.partition("=")[0]: each for each in answer.headers.get_list("set-cookie")}


def sent_by(hub: Place) -> str:
    """All cookies as the browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in hub.browser.cookies.items())


def due(issuer: Issuer) -> None:
    """Tokens from now on are about to end."""
    issuer.age, issuer.left = HOUR / 2, MINUTE / 2


async def test_a_visitor_signs_in_at_the_issuer_and_comes_back_to_where_they_were(hub: Place, issuer: Issuer) -> None:
    sent = await hub.browser.get("/inbox?unread=1")
    page = await hub.browser.get(sent.headers["location"])
    (link,) = re.findall(r'href="(/sign-in/issuer[^"]*)"', page.text)
    departed = await hub.browser.get(link)
    back = await hub.browser.get(issuer.agreed(departed.headers["location"]))

    assert (back.status_code, back.headers["location"]) == (303, "/inbox?unread=1")
    assert await hub.is_signed_in()
    asked = parse_qs(urlsplit(departed.headers["location"]).query)
    assert {name: asked[name] for name in ("client_id", "redirect_uri", "response_type", "code_challenge_method")} == {
        "client_id": [CLIENT],
        "redirect_uri": [f"{HUB}/signed-in"],
        "response_type": ["code"],
        "code_challenge_method": ["S256"],
    }
    assert asked["state"] != asked["nonce"] and "code_verifier" not in asked


async def test_all_cookies_are_kept_from_scripts_other_sites_and_other_hosts(hub: Place, issuer: Issuer) -> None:
    departed = await hub.browser.get("/sign-in/issuer")
    back = await hub.browser.get(issuer.agreed(departed.headers["location"]))
    cookies = kept(departed) | {"session": kept(back)[COOKIES[2]], "renewal": kept(back)[COOKIES[1]]}

    assert len(cookies) == 3
    for each in cookies.values():
        assert each.startswith("__Host-hub_")
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= {part.strip() for part in each.split(";")}
        assert PERSON not in each and "eyJ" not in each


async def test_the_secret_goes_to_the_issuer_alone_and_a_public_client_has_none(
    hub: Place, issuer: Issuer, tmp_path: Path
) -> None:
    await hub.sign_in(issuer)
    async with place(tmp_path, issuer, client_secret="") as public:
        await public.sign_in(issuer)
    issuer.discovery["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    async with place(tmp_path, issuer) as by_post:
        await by_post.sign_in(issuer)

    basic, none, post = issuer.asked
    assert basic["authorization"].startswith("Basic ") and "client_secret" not in basic
    assert (none["authorization"], none["client_id"], "client_secret" in none) == ("", CLIENT, False)
    assert (post["authorization"], post["client_secret"]) == ("", "client-secret")


@pytest.mark.parametrize("address", [*ELSEWHERE, "/" + "a" * 400])
async def test_nobody_is_led_elsewhere(hub: Place, issuer: Issuer, address: str) -> None:
    assert (await hub.sign_in(issuer, address)).headers["location"] == "/today"


async def test_each_sign_in_is_a_new_session(hub: Place, issuer: Issuer) -> None:
    hub.browser.cookies.set("__Host-hub_session", "planted", domain="hub.example.cn", path="/")
    first = kept(await hub.sign_in(issuer))
    second = kept(await hub.sign_in(issuer))

    assert "planted" not in first["__Host-hub_session"]
    assert first["__Host-hub_session"] != second["__Host-hub_session"]


def hold(hub: Place, bearer: str) -> None:
    """Let the browser have a session with this token, sealed as the hub seals."""
    sealed = cookie(Sessions(*SECRETS, secure=True), bearer)
    hub.browser.cookies.delete("__Host-hub_session")
    hub.browser.cookies.set("__Host-hub_session", sealed, domain="hub.example.cn", path="/")


async def failed(answer: httpx.Response, hub: Place, status: int, text: str) -> None:
    """Nobody was signed in, the page says why, and its flight is over."""
    assert (answer.status_code, text in answer.text) == (status, True), answer.text
    assert "__Host-hub_session" not in kept(answer)
    assert "Max-Age=0" in kept(answer).get("__Host-hub_flight", "Max-Age=0")
    assert not await hub.is_signed_in()
    chinese = await hub.browser.get(f"{answer.url.raw_path.decode()}", headers={"accept-language": "zh-CN"})
    assert chinese.status_code >= 400 and "没有登录成功" in chinese.text


async def test_an_answer_to_another_browser_signs_nobody_in(hub: Place, issuer: Issuer, tmp_path: Path) -> None:
    departed = await hub.browser.get("/sign-in/issuer")
    back = issuer.agreed(departed.headers["location"])
    async with place(tmp_path, issuer) as victim:
        await failed(await victim.browser.get(back), victim, 400, "did not begin in this browser")
        await victim.browser.get("/sign-in/issuer")  # nor where one of its own is under way
        await failed(await victim.browser.get(back), victim, 400, "did not begin in this browser")

    assert issuer.asked == []


async def test_an_answer_counts_once(hub: Place, issuer: Issuer) -> None:
    departed = await hub.browser.get("/sign-in/issuer")
    flight = hub.browser.cookies["__Host-hub_flight"]
    back = issuer.agreed(departed.headers["location"])
    await hub.browser.get(back)
    await hub.browser.post("/sign-out")
    await failed(await hub.browser.get(back), hub, 400, "did not begin in this browser")
    hub.browser.cookies.set("__Host-hub_flight", flight, domain="hub.example.cn", path="/")
    again = await hub.browser.get(back)

    await failed(again, hub, 400, "was used before")


async def test_an_answer_of_another_issuer_signs_nobody_in(hub: Place, issuer: Issuer) -> None:
    await failed(await hub.sign_in(issuer, iss="https://evil.example"), hub, 400, "did not begin in this browser")
    assert (await hub.sign_in(issuer, iss=ISSUER)).status_code == 303


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        ("access_denied", 403, "You declined"),
        ("server_error", 503, "cannot be reached"),
        ("<script>", 503, "cannot be"),
    ],
)
async def test_who_is_refused_at_the_issuer_is_told_why(
    hub: Place, issuer: Issuer, error: str, status: int, text: str
) -> None:
    answer = await hub.sign_in(issuer, error=error)

    await failed(answer, hub, status, text)
    assert "<script>" not in answer.text and issuer.asked == []


async def test_while_the_issuer_is_away_nobody_is_sent_there(hub: Place, issuer: Issuer) -> None:
    issuer.down = True
    await failed(await hub.browser.get("/sign-in/issuer"), hub, 503, "cannot be reached")
    await hub.browser.get("/sign-in/issuer")

    assert sum(issuer.visits.values()) == 1  # it is not asked for every click


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "another"}, {"nonce": None}, {"aud": AUDIENCE}, {"iss": "https://evil.example"}, {"azp": "other"}],
)
async def test_an_id_token_of_another_sign_in_or_client_is_refused(
    hub: Place, issuer: Issuer, claims: dict[str, Any]
) -> None:
    issuer.claims = claims

    await failed(await hub.sign_in(issuer), hub, 403, "does not take")


@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        ({"access_token": "opaque"}, 403, "does not take"),
        ({"access_token": None}, 403, "does not take"),
        ({"id_token": None}, 403, "does not take"),
        ({"id_token": 7}, 403, "does not take"),
    ],
)
async def test_what_the_issuer_should_not_answer_is_refused(
    hub: Place, issuer: Issuer, answer: dict[str, Any], status: int, text: str
) -> None:
    issuer.answer = answer

    await failed(await hub.sign_in(issuer), hub, status, text)


async def test_a_token_for_others_does_not_open_the_hub(hub: Place, issuer: Issuer) -> None:
    issuer.answer = {"access_token": issuer.bearer("another-application")}

    await failed(await hub.sign_in(issuer), hub, 403, "does not take")


@pytest.mark.parametrize("off", [10 * MINUTE, -2 * HOUR])
async def test_clocks_that_differ_are_said(hub: Place, issuer: Issuer, off: timedelta) -> None:
    issuer.age, issuer.left = -off, HOUR + off

    await failed(await hub.sign_in(issuer), hub, 503, "clocks")


async def test_a_token_too_large_for_a_cookie_is_said(
    hub: Place, issuer: Issuer, capsys: pytest.CaptureFixture[str]
) -> None:
    issuer.answer = {"access_token": issuer.bearer(picture=secrets.token_urlsafe(3_000))}

    await failed(await hub.sign_in(issuer), hub, 500, "too long for a browser")


async def test_a_renewal_too_large_for_a_cookie_is_done_without(hub: Place, issuer: Issuer) -> None:
    issuer.answer = {"refresh_token": secrets.token_urlsafe(2_500)}
    cookies = kept(await hub.sign_in(issuer))

    assert "__Host-hub_session" in cookies and "__Host-hub_renewal" not in cookies


async def test_the_cookies_fit_into_one_header_together(hub: Place, issuer: Issuer) -> None:
    issuer.answer = {
        "access_token": issuer.bearer(picture=secrets.token_urlsafe(1_500)),
        "refresh_token": secrets.token_urlsafe(1_200),
    }
    await hub.sign_in(issuer)
    await hub.browser.get("/sign-in/issuer", params={"next": "/" + "x7/" * 99})

    assert sorted(hub.browser.cookies) == COOKIES
    assert 5_000 < len(sent_by(hub)) < 8_000  # HUB_HEADER_LINE


async def test_a_session_about_to_end_is_renewed_for_all_tabs_at_once(hub: Place, issuer: Issuer) -> None:
    due(issuer)
    await hub.sign_in(issuer)
    before = {"cookie": sent_by(hub)}
    issuer.age, issuer.left = timedelta(0), HOUR
    answers = await asyncio.gather(*(hub.browser.get("/sign-in", headers=before) for _ in range(3)))

    assert [each["grant_type"] for each in issuer.asked] == ["authorization_code", "refresh_token"]
    assert all("/sign-out" in each.text and {*COOKIES[1:]} <= kept(each).keys() for each in answers)
    assert "set-cookie" not in (await hub.browser.get("/sign-in")).headers  # it is fresh now


async def test_a_session_that_has_ended_by_itself_goes_on(hub: Place, issuer: Issuer) -> None:
    await hub.sign_in(issuer)
    issuer.age, issuer.left = HOUR, -MINUTE
    hold(hub, issuer.bearer())
    issuer.age, issuer.left = timedelta(0), HOUR

    assert await hub.is_signed_in()


async def test_a_renewal_that_another_gateway_has_used_signs_nobody_out(
    hub: Place, issuer: Issuer, tmp_path: Path
) -> None:
    due(issuer)
    await hub.sign_in(issuer)
    before = {"cookie": sent_by(hub)}
    issuer.age, issuer.left = timedelta(0), HOUR
    await hub.is_signed_in()
    async with place(tmp_path, issuer) as other:
        late = await other.browser.get("/sign-in", headers=before)

    assert [each["grant_type"] for each in issuer.asked[1:]] == ["refresh_token"] * 2
    assert "/sign-out" in late.text
    assert "set-cookie" not in late.headers  # the browser keeps what the first has given it


async def test_while_the_issuer_is_away_a_session_goes_on_to_its_end(hub: Place, issuer: Issuer) -> None:
    due(issuer)
    await hub.sign_in(issuer)
    issuer.down = True

    assert await hub.is_signed_in()


async def test_a_session_is_renewed_for_as_long_as_one_token_may_live(hub: Place, issuer: Issuer) -> None:
    issuer.age, issuer.left = 11 * HOUR + 59 * MINUTE, MINUTE / 4
    await hub.sign_in(issuer)
    issuer.age, issuer.left = 12 * HOUR, MINUTE / 4
    assert await hub.is_signed_in()
    asked = len(issuer.asked)
    assert await hub.is_signed_in()

    assert asked == len(issuer.asked) == 2


async def test_signing_out_ends_all_cookies_and_leads_to_the_issuer(hub: Place, issuer: Issuer) -> None:
    due(issuer)  # and what would be renewed is not
    await hub.sign_in(issuer)
    out = await hub.browser.post("/sign-out")
    address = out.headers["refresh"].removeprefix("0; url=")

    assert (out.status_code, address.partition("?")[0]) == (200, f"{ISSUER}/logout")
    assert parse_qs(urlsplit(address).query) == {
        "client_id": [CLIENT],
        "post_logout_redirect_uri": [f"{HUB}/signed-out"],
    }
    assert address.replace("&", "&amp;") in out.text
    assert "form-action 'self'" in out.headers["content-security-policy"]
    assert list(hub.browser.cookies) == []
    assert (await hub.browser.get("/signed-out")).headers["location"] == "/sign-in?said=out"
    assert (await hub.browser.get("/today")).status_code == 303


@pytest.mark.parametrize("away", [True, False])
async def test_signing_out_here_needs_no_issuer(hub: Place, issuer: Issuer, away: bool, tmp_path: Path) -> None:
    issuer.discovery.pop("end_session_endpoint")
    await hub.sign_in(issuer)
    issuer.down = away
    out = await hub.browser.post("/sign-out")

    assert (out.status_code, out.headers["location"]) == (303, "/sign-in?said=out")
    assert not await hub.is_signed_in()


async def test_signing_out_everywhere_ends_sessions_and_what_renews_them(hub: Place, issuer: Issuer) -> None:
    await hub.sign_in(issuer)
    assert await hub.is_signed_in()
    now = datetime.now(UTC)
    hub.services.pass_by(enveloped(SessionsEnded(person=PERSON, ended_at=now), now, new_id()))
    assert not await hub.is_signed_in()
    issuer.age, issuer.left = HOUR, -MINUTE  # when the token has ended, what renews it would bring one issued later
    hold(hub, issuer.bearer())
    issuer.age, issuer.left = -MINUTE / 4, HOUR

    assert not await hub.is_signed_in()
    assert issuer.asked[-1]["grant_type"] == "refresh_token"


async def test_a_form_of_another_page_does_nothing(hub: Place, issuer: Issuer) -> None:
    await hub.sign_in(issuer)
    elsewhere = {"origin": "https://elsewhere.example"}

    for path in ("/sign-out", "/inbox/read"):
        assert (await hub.browser.post(path, headers=elsewhere)).status_code == 403
    assert await hub.is_signed_in()


async def test_the_cookie_opens_no_other_door(hub: Place, issuer: Issuer) -> None:
    await hub.sign_in(issuer)
    answer = await hub.browser.post(
        "/graphql", json={"query": "{ viewer { id } }"}, headers={"accept": "application/json"}
    )

    assert answer.json()["data"] == {"viewer": None}


async def test_no_page_of_signing_in_is_framed_or_kept(hub: Place, issuer: Issuer) -> None:
    pages = [await hub.browser.get(path) for path in ("/sign-in", "/sign-in/issuer", "/signed-in", "/signed-out")]
    pages += [await hub.sign_in(issuer), await hub.browser.post("/sign-out")]

    for page in pages:
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert (page.headers["x-frame-options"], page.headers["cache-control"]) == ("DENY", "no-store")


async def test_secrets_of_cookies_are_changed_without_signing_anybody_out(
    hub: Place, issuer: Issuer, tmp_path: Path
) -> None:
    await hub.sign_in(issuer)
    cookies = dict(hub.browser.cookies)
    async with (
        place(tmp_path, issuer, secrets=("n" * 32, "s" * 32)) as both,
        place(tmp_path, issuer, secrets=("n" * 32,)) as new,
    ):
        for each in (both, new):
            each.browser.cookies.update(cookies)
        assert (await both.is_signed_in(), await new.is_signed_in()) == (True, False)


async def test_no_persona_is_offered_where_people_sign_in_at_the_issuer(hub: Place) -> None:
    assert (await hub.browser.post("/sign-in", data={"persona": "zhao"})).status_code == 422
    assert not await hub.is_signed_in()
