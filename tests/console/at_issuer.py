"""At issuer: the whole gateway with its console, services that answer nothing, and an issuer in memory that signs people in."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
from starlette.applications import Starlette

from console.settings import ConsoleSettings
from gateway.app import create_app
from gateway.sign_in.oidc import OidcTokens
from gateway.sign_in.settings import SignInSettings
from hub.console import at_issuer, console
from hub.settings import read_settings
from kit.clock import SystemClock
from tests.gateway.scripted import ScriptedServices
from tests.gateway.sign_in.fake_issuer import ISSUER, FakeIssuer
from tests.gateway.sign_in.forging import genuine

HUB = "https://hub.example.cn"
AUDIENCE, CLIENT, SECRET, PERSON = "delta-hub", "delta-hub-console", "client-secret", "b1f6c1de"
SECRETS = ("s" * 32,)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Issuer(FakeIssuer):
    """Signs in whoever agrees. `age` and `left` are how old its tokens are and how long they live on; `claims` go into id tokens.

    A code and a renewal are taken once. `asked` are the forms that its token endpoint was sent; `answer` replaces what it grants.
    """

    def __init__(self) -> None:
        super().__init__()
        self.discovery |= {
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "end_session_endpoint": f"{ISSUER}/logout",
        }
        self.age, self.left = timedelta(0), HOUR
        self.claims: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._renewals: set[str] = set()

    def agreed(self, departure: str, **changed: str) -> str:
        """Where the browser is sent after the person has signed in at the address to which the hub has sent them."""
        asked = dict(parse_qsl(urlsplit(departure).query))
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode({'code': code, 'state': asked['state'], **changed})}"

    def bearer(self, audience: str = AUDIENCE, **claims: Any) -> str:
        now = datetime.now(UTC) - self.age
        times = {"iat": now, "exp": now + self.age + self.left}
        return genuine({"iss": ISSUER, "aud": audience, "sub": PERSON, **times, **claims}, "rsa-1", "RS256")

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.down or str(request.url) != f"{ISSUER}/token":
            return await super()._answer(request)
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.asked.append({**form, "authorization": request.headers.get("authorization", "")})
        granted = self._renewed(form) if form["grant_type"] == "refresh_token" else self._granted(form)
        if granted is None:
            return httpx.Response(400, json={"error": "invalid_grant"})
        renewal = secrets.token_hex(16)
        self._renewals.add(renewal)
        return httpx.Response(
            200, json={"access_token": self.bearer(), "refresh_token": renewal} | granted | self.answer
        )

    def _granted(self, form: dict[str, str]) -> dict[str, str] | None:
        asked = self._codes.pop(form["code"], {})
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if proof != asked.get("code_challenge") or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"id_token": self.bearer(CLIENT, **{"nonce": asked["nonce"], **self.claims})}

    def _renewed(self, form: dict[str, str]) -> dict[str, str] | None:
        if form["refresh_token"] not in self._renewals:
            return None
        self._renewals.remove(form["refresh_token"])
        return {}


@dataclass
class Place:
    """A gateway with a console, the services behind it, and a browser in front."""

    services: ScriptedServices
    browser: httpx.AsyncClient

    async def sign_in(self, issuer: Issuer, next_: str = "/inbox", **changed: str) -> httpx.Response:
        """All the way to the issuer and back: the answer to the browser that comes back."""
        departed = await self.browser.get("/sign-in/issuer", params={"next": next_})
        assert departed.status_code == 303, departed.text
        return await self.browser.get(issuer.agreed(departed.headers["location"], **changed))

    async def is_signed_in(self) -> bool:
        return "/sign-out" in (await self.browser.get("/sign-in")).text


def gateway(home: Path, issuer: Issuer, services: ScriptedServices, **own: Any) -> Starlette:
    """As `hub gateway` makes it."""
    settings = replace(read_settings(), home=home, public_url=HUB)
    given = ConsoleSettings(SECRETS, CLIENT, SECRET, "openid offline_access", "access_token")
    settings = settings.having(SignInSettings(ISSUER, AUDIENCE)).having(replace(given, **own))
    pages = console(settings, at_issuer(settings, issuer.http), SystemClock())
    tokens = OidcTokens(ISSUER, AUDIENCE, http=issuer.http)
    return create_app(settings, services, tokens, lambda: {"ready": True}, pages=pages)


@asynccontextmanager
async def place(home: Path, issuer: Issuer, **own: Any) -> AsyncIterator[Place]:
    services = ScriptedServices()
    app = gateway(home, issuer, services, **own)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url=HUB, headers={"origin": HUB, "accept-language": "en"}
        ) as browser,
    ):
        yield Place(services, browser)
