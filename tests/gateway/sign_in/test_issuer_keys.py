"""The issuer's keys: asked for as seldom as can be, and believed only when they are what they must be."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from gateway.sign_in.discovery import LARGEST_DOCUMENT
from gateway.sign_in.issuer_keys import FRESH, REFRESH_INTERVAL
from gateway.sign_in.oidc import OidcTokens
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable
from kit.clock import MovableClock
from tests.gateway.sign_in.fake_issuer import DISCOVERY, ISSUER, JWKS, FakeIssuer
from tests.gateway.sign_in.forging import assembled, genuine, jwk, mac, private_jwk, signed_by

AUDIENCE = "delta-hub"


def verifier(issuer: FakeIssuer, clock: MovableClock, timeout: float = 60) -> OidcTokens:
    more = {"timeout": timedelta(seconds=timeout), "longest": timedelta(days=150_000)}
    return OidcTokens(ISSUER, AUDIENCE, http=issuer.http, now=clock.now, **more)


def token(clock: MovableClock, key: str = "rsa-1", algorithm: str = "RS256", **header: object) -> str:
    now = int(clock.now().timestamp())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "rep", "iat": now, "exp": now + 86_400}
    return genuine(claims, key, algorithm, **header)


async def outcome(tokens: OidcTokens, text: str) -> str:
    """The subject, or why there is none."""
    try:
        return (await tokens.verify(text)).id
    except InvalidToken as refused:
        return refused.reason
    except IssuerUnavailable as away:
        return away.code


async def test_many_first_callers_cause_one_fetch() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens, text = verifier(issuer, clock), token(clock)

    outcomes = await asyncio.gather(*(outcome(tokens, text) for _ in range(50)))

    assert outcomes == ["rep"] * 50
    assert issuer.visits == {DISCOVERY: 1, JWKS: 1}


async def test_many_tokens_with_unknown_keys_cause_one_fetch_an_interval() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens = verifier(issuer, clock)
    await outcome(tokens, token(clock))
    strange = [token(clock, "rsa-2", kid=f"unknown-{number}") for number in range(50)]

    clock.advance(REFRESH_INTERVAL)
    at_once = await asyncio.gather(*(outcome(tokens, text) for text in strange))
    again = await asyncio.gather(*(outcome(tokens, text) for text in strange))

    assert {*at_once, *again} == {"key"}
    assert issuer.visits == {DISCOVERY: 2, JWKS: 2}


async def test_a_token_under_a_new_key_is_accepted_at_once_and_one_under_the_withdrawn_key_no_more() -> None:
    issuer, clock = FakeIssuer(jwk("rsa-1", "RS256")), MovableClock()
    tokens, old, new = verifier(issuer, clock), token(clock), token(clock, "ec-1", "ES256")
    before = await outcome(tokens, old)

    issuer.keys = {"keys": [jwk("ec-1", "ES256")]}
    clock.advance(REFRESH_INTERVAL)
    after = [await outcome(tokens, new), await outcome(tokens, old)]

    assert (before, after) == ("rep", ["rep", "key"])


async def test_a_withdrawn_key_dies_with_the_next_renewal_though_nobody_shows_a_new_one() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens, old = verifier(issuer, clock), token(clock)
    await outcome(tokens, old)
    issuer.keys = {"keys": [jwk("ec-1", "ES256")]}

    clock.advance(FRESH)
    while issuer.visits[JWKS] < 2:
        await tokens.verify(old)
        await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)

    assert await outcome(tokens, old) == "key"


async def test_renewing_in_the_background_keeps_nobody_waiting() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens, text = verifier(issuer, clock, timeout=60), token(clock)
    await outcome(tokens, text)
    issuer.hung = True

    clock.advance(FRESH)

    assert await outcome(tokens, text) == "rep"
    await asyncio.sleep(0)
    assert issuer.visits[DISCOVERY] == 2


async def test_an_issuer_that_never_answers_is_given_up_on() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    issuer.hung = True
    tokens, text = verifier(issuer, clock, timeout=0.05), token(clock)

    outcomes = await asyncio.gather(*(outcome(tokens, text) for _ in range(20)))

    assert outcomes == ["SIGN_IN_UNAVAILABLE"] * 20
    assert issuer.visits == {DISCOVERY: 1}


async def test_an_issuer_that_is_away_is_asked_once_an_interval_and_recovers_by_itself() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    issuer.down = True
    tokens, text = verifier(issuer, clock), token(clock)
    away = [await outcome(tokens, text) for _ in range(5)]
    visits = dict(issuer.visits)

    issuer.down = False
    clock.advance(REFRESH_INTERVAL)

    assert await outcome(tokens, text) == "rep"
    assert (away, visits) == (["SIGN_IN_UNAVAILABLE"] * 5, {DISCOVERY: 1})


async def test_an_unknown_key_is_not_called_invalid_while_the_issuer_cannot_be_asked() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens = verifier(issuer, clock)
    await outcome(tokens, token(clock))
    issuer.down = True

    clock.advance(REFRESH_INTERVAL)

    assert await outcome(tokens, token(clock, "ec-1", "ES256")) == "SIGN_IN_UNAVAILABLE"
    assert await outcome(tokens, token(clock)) == "rep"


async def test_a_caller_who_goes_away_does_not_take_the_fetch_with_him() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    tokens, text = verifier(issuer, clock), token(clock)
    hasty = asyncio.create_task(tokens.verify(text))
    patient = asyncio.create_task(tokens.verify(text))
    await asyncio.sleep(0)

    hasty.cancel()

    assert (await patient).id == "rep"
    assert issuer.visits == {DISCOVERY: 1, JWKS: 1}


async def test_a_fetch_that_takes_long_is_not_doubled() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    issuer.hung = True
    tokens, text = verifier(issuer, clock), token(clock)
    first = asyncio.create_task(outcome(tokens, text))
    for _ in range(10):
        await asyncio.sleep(0)

    clock.advance(REFRESH_INTERVAL)
    second = asyncio.create_task(outcome(tokens, text))
    for _ in range(10):
        await asyncio.sleep(0)
    issuer.down = True
    issuer.let.set()

    assert await asyncio.gather(first, second) == ["SIGN_IN_UNAVAILABLE"] * 2
    assert issuer.visits == {DISCOVERY: 1}


@pytest.mark.parametrize(
    "text",
    ["no token", assembled({"alg": "HS256", "kid": "unknown"}, {}, mac(b"")), assembled({"alg": "none"}, {}, mac(b""))],
)
async def test_for_a_token_of_a_kind_that_is_never_taken_the_issuer_is_not_asked(text: str) -> None:
    issuer, clock = FakeIssuer(), MovableClock()

    await outcome(verifier(issuer, clock), text)

    assert issuer.visits == {}


async def test_a_clock_that_is_set_back_does_not_hold_up_the_next_fetch() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    issuer.down = True
    tokens = verifier(issuer, clock)
    await outcome(tokens, token(clock))

    issuer.down = False
    clock.advance(-timedelta(hours=2))

    assert await outcome(tokens, token(clock)) == "rep"


HOSTILE_DOCUMENTS: dict[str, tuple[str, Any]] = {
    "another issuer": (DISCOVERY, {"issuer": "https://evil.example", "jwks_uri": JWKS}),
    "no issuer": (DISCOVERY, {"jwks_uri": JWKS}),
    "no jwks_uri": (DISCOVERY, {"issuer": ISSUER}),
    "jwks_uri without TLS": (DISCOVERY, {"issuer": ISSUER, "jwks_uri": JWKS.replace("https", "http")}),
    "jwks_uri on this machine": (DISCOVERY, {"issuer": ISSUER, "jwks_uri": "http://127.0.0.1/jwks"}),
    "jwks_uri in a file": (DISCOVERY, {"issuer": ISSUER, "jwks_uri": "file:///etc/passwd"}),
    "jwks_uri without host": (DISCOVERY, {"issuer": ISSUER, "jwks_uri": "https://:99999999/"}),
    "discovery a list": (DISCOVERY, []),
    "redirect": (DISCOVERY, httpx.Response(302, headers={"location": "https://evil.example/"})),
    "error": (JWKS, httpx.Response(500, text="oops")),
    "no JSON": (JWKS, httpx.Response(200, text="<html>")),
    "too large": (JWKS, httpx.Response(200, json={"keys": [jwk("rsa-1", "RS256")], "x": "x" * LARGEST_DOCUMENT})),
    "deep": (JWKS, httpx.Response(200, content=b"[" * 100_000)),
    "no keys": (JWKS, {"keys": []}),
    "keys no list": (JWKS, {"keys": {"rsa-1": 1}}),
    "keys no objects": (JWKS, {"keys": [1, None, "x", []]}),
    "no key set": (JWKS, {}),
    "secret key": (JWKS, {"keys": [{"kty": "oct", "kid": "rsa-1", "k": "c2VjcmV0" * 8}]}),
    "secret key in disguise": (JWKS, {"keys": [{"kty": "oct", "kid": "rsa-1", "k": "c2VjcmV0" * 8, "alg": "RS256"}]}),
    "key for encryption": (JWKS, {"keys": [jwk("rsa-1", "RS256", use="enc")]}),
    "key for a MAC": (JWKS, {"keys": [jwk("rsa-1", "RS256", alg="HS256")]}),
    "key without name": (JWKS, {"keys": [{**jwk("rsa-1", "RS256"), "kid": None}]}),
    "private key": (JWKS, {"keys": [private_jwk("rsa-1", "RS256")]}),
    "weak key": (JWKS, {"keys": [{"kty": "RSA", "kid": "rsa-1", "e": "AQAB", "n": "v" + "_" * 170}]}),
    "broken key": (JWKS, {"keys": [{"kty": "RSA", "kid": "rsa-1", "e": "AQAB", "n": "!"}]}),
    "two keys of one name": (JWKS, {"keys": [jwk("rsa-1", "RS256"), jwk("ec-1", "ES256", kid="rsa-1")]}),
}


@pytest.mark.parametrize("name", HOSTILE_DOCUMENTS)
async def test_documents_that_no_honest_issuer_serves_leave_sign_in_unavailable(name: str) -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    url, document = HOSTILE_DOCUMENTS[name]
    issuer.replies[url] = document if isinstance(document, httpx.Response) else httpx.Response(200, json=document)

    assert await outcome(verifier(issuer, clock), token(clock)) == "SIGN_IN_UNAVAILABLE"
    assert set(issuer.visits) <= {DISCOVERY, JWKS}


async def test_one_unusable_key_does_not_spoil_the_others() -> None:
    issuer, clock = FakeIssuer({"kty": "oct", "kid": "mac", "k": "c2VjcmV0"}, jwk("rsa-1", "RS256")), MovableClock()

    assert await outcome(verifier(issuer, clock), token(clock)) == "rep"


async def test_a_token_may_leave_the_key_out_only_when_there_is_a_single_one() -> None:
    clock = MovableClock()
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "rep", "iat": 0, "exp": 9_999_999_999}
    nameless = assembled({"alg": "RS256"}, claims, signed_by("rsa-1", "RS256"))

    single = await outcome(verifier(FakeIssuer(jwk("rsa-1", "RS256")), clock), nameless)
    several = await outcome(verifier(FakeIssuer(jwk("rsa-1", "RS256"), jwk("ec-1", "ES256")), clock), nameless)

    assert (single, several) == ("rep", "header")


async def test_an_e_mail_address_that_the_issuer_did_not_check_is_not_taken_over() -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "rep", "iat": 0, "exp": 9_999_999_999, "email": "chair@example.cn"}

    unchecked = await verifier(issuer, clock).verify(genuine({**claims, "email_verified": False}, "rsa-1", "RS256"))
    unsaid = await verifier(issuer, clock).verify(genuine(claims, "rsa-1", "RS256"))

    assert (unchecked.email, unsaid.email) == (None, "chair@example.cn")


@pytest.mark.parametrize("strange", [7, ["a"], "", "  ", "line\nbreak", "nul\x00"])
async def test_claims_about_a_person_that_are_no_plain_text_are_left_out(strange: object) -> None:
    issuer, clock = FakeIssuer(), MovableClock()
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "rep", "iat": 0, "exp": 9_999_999_999}

    identity = await verifier(issuer, clock).verify(
        genuine({**claims, "name": strange, "email": strange, "locale": strange}, "rsa-1", "RS256")
    )

    assert identity == Identity("rep", None, None, None, identity.expires_at)


@pytest.mark.parametrize(
    "issuer",
    ["", "id.example.edu.cn", "http://id.example.edu.cn", "ftp://localhost", "https://", "https://a.example/?b=c"],
)
def test_an_issuer_that_could_be_impersonated_is_no_setting(issuer: str) -> None:
    with pytest.raises(ValueError, match="an issuer"):
        OidcTokens(issuer, AUDIENCE, http=FakeIssuer().http)


def test_without_an_audience_no_verifier_is_made() -> None:
    with pytest.raises(ValueError, match="audience"):
        OidcTokens(ISSUER, "", http=FakeIssuer().http)
