"""Sign-in at a real OpenID Connect issuer, in a process of its own: reached, away, back, and with new keys."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.sign_in.discovery import issuer_client
from gateway.sign_in.issuer_keys import FRESH, LAST_RESORT, REFRESH_INTERVAL
from gateway.sign_in.oidc import OidcTokens
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable
from kit.clock import MovableClock
from tests.gateway.sign_in.issuer_process import free_port, issuer_process, sign_in

AUDIENCE = "delta-hub"
REPRESENTATIVE = {
    "sub": "b1f6c1de-representative",
    "name": "某职业院校代表",
    "email": "rep@example.edu.cn",
    "email_verified": True,
    "locale": "zh-CN",
}
PERSON = str(REPRESENTATIVE["sub"])


async def test_a_person_who_signed_in_at_the_issuer_is_known_to_the_hub() -> None:
    with issuer_process(free_port(), REPRESENTATIVE) as issuer:
        token = sign_in(issuer, PERSON, AUDIENCE)["id_token"]
        async with issuer_client() as http:
            identity = await OidcTokens(issuer, AUDIENCE, http=http).verify(token)

    assert identity.expires_at is not None
    assert timedelta(minutes=55) < identity.expires_at - datetime.now(UTC) <= timedelta(minutes=60)
    assert identity == Identity(PERSON, "某职业院校代表", "rep@example.edu.cn", "zh-CN", identity.expires_at)


async def test_a_token_that_the_issuer_gave_to_another_application_is_refused() -> None:
    with issuer_process(free_port(), REPRESENTATIVE) as issuer:
        token = sign_in(issuer, PERSON, "another-application")["id_token"]
        async with issuer_client() as http:
            with pytest.raises(InvalidToken) as refused:
                await OidcTokens(issuer, AUDIENCE, http=http).verify(token)

    assert refused.value.reason == "audience"


async def test_an_opaque_access_token_is_refused() -> None:
    with issuer_process(free_port(), REPRESENTATIVE) as issuer:
        token = sign_in(issuer, PERSON, AUDIENCE)["access_token"]
        async with issuer_client() as http:
            with pytest.raises(InvalidToken) as refused:
                await OidcTokens(issuer, AUDIENCE, http=http).verify(token)

    assert refused.value.reason == "malformed"


async def test_an_issuer_that_is_down_at_the_start_is_told_apart_and_found_when_it_comes_up() -> None:
    port, clock = free_port(), MovableClock()
    with issuer_process(free_port(), REPRESENTATIVE) as elsewhere:
        any_token = sign_in(elsewhere, PERSON, AUDIENCE)["id_token"]

    async with issuer_client() as http:
        tokens = OidcTokens(f"http://127.0.0.1:{port}", AUDIENCE, http=http, now=clock.now)
        with pytest.raises(IssuerUnavailable):
            await tokens.verify(any_token)

        with issuer_process(port, REPRESENTATIVE) as issuer:
            token = sign_in(issuer, PERSON, AUDIENCE)["id_token"]
            clock.advance(REFRESH_INTERVAL)
            identity = await tokens.verify(token)

    assert identity.id == PERSON


async def test_after_a_rotation_new_tokens_are_accepted_and_old_ones_refused() -> None:
    port, clock = free_port(), MovableClock()
    async with issuer_client() as http:
        with issuer_process(port, REPRESENTATIVE) as issuer:
            tokens = OidcTokens(issuer, AUDIENCE, http=http, now=clock.now)
            old = sign_in(issuer, PERSON, AUDIENCE)["id_token"]
            await tokens.verify(old)

        with issuer_process(port, REPRESENTATIVE) as issuer:
            new = sign_in(issuer, PERSON, AUDIENCE)["id_token"]
            clock.advance(REFRESH_INTERVAL)
            identity = await tokens.verify(new)
            with pytest.raises(InvalidToken) as refused:
                await tokens.verify(old)

    assert (identity.id, refused.value.reason) == (PERSON, "key")


async def test_while_the_issuer_is_away_its_last_keys_serve_for_an_hour() -> None:
    clock = MovableClock()
    async with issuer_client() as http:
        with issuer_process(free_port(), REPRESENTATIVE) as issuer:
            tokens = OidcTokens(issuer, AUDIENCE, http=http, now=clock.now)
            token = sign_in(issuer, PERSON, AUDIENCE)["id_token"]
            await tokens.verify(token)

        clock.advance(FRESH + timedelta(seconds=1))
        served = await tokens.verify(token)
        clock.advance(LAST_RESORT - FRESH)
        with pytest.raises(IssuerUnavailable):
            await tokens.verify(token)

    assert served.id == PERSON
