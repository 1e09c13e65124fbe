"""Client: the hub as a client of the OpenID Connect issuer: authorization code with PKCE, renewal, and farewell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Any, Literal, Self
from urllib.parse import quote

import httpx
import jwt
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from console.oidc.endpoints import IssuerEndpoints
from console.oidc.flight import Flight
from console.settings import ConsoleSettings
from gateway.sign_in.discovery import FETCH_TIMEOUT, Endpoints, IssuerFault, json_object
from gateway.sign_in.oidc import OidcTokens
from gateway.viewer import InvalidToken, IssuerUnavailable
from kit.telemetry.logs import log

LANDING, FAREWELL = "/signed-in", "/signed-out"
"""Where the issuer sends people back to, after each: both are registered there."""
Failure = Literal["away", "denied", "lost", "clock", "used", "not_accepted"]
OF_CLOCKS = ("not_yet", "expired")
ID_TOKEN_AGE = timedelta(days=366)
"""An id token is read once, as it comes; how long it lives is the issuer's own matter."""
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class SignInFailed(Exception):  # noqa: N818 - a state of the sign-in, which becomes a page
    """Nobody was signed in; `failure` is the word for why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure: Failure = failure

    @classmethod
    def over(cls, refused: InvalidToken) -> Self:
        """Since a token of the issuer is not taken: the operator looks up the reason in docs/sign-in.md."""
        log(__name__).warning("a sign-in was not accepted", reason=refused.reason)
        return cls("clock" if refused.reason in OF_CLOCKS else "not_accepted")


@dataclass(frozen=True)
class Granted:
    """`bearer` opens the hub; with `renewal` there will be another, unless it is empty."""

    bearer: str
    renewal: str


class Client:
    """Known to the issuer by the settings; confidential where there is a secret, else public. `origin` is that of the hub."""

    def __init__(self, issuer: str, own: ConsoleSettings, origin: str, http: httpx.AsyncClient) -> None:
        self.issuer = issuer
        self._own = own
        self._origin = origin
        self._http = http
        self._endpoints = IssuerEndpoints(issuer, http)
        self._id_tokens = OidcTokens(issuer, own.client_id, http=http, longest=ID_TOKEN_AGE)

    async def departure(self, flight: Flight) -> str:
        """The address at the issuer where the person signs in; raises SignInFailed."""
        endpoints = await self._found()
        address: str = prepare_grant_uri(
            endpoints.authorization,
            client_id=self._own.client_id,
            response_type="code",
            redirect_uri=self._origin + LANDING,
            scope=self._own.scopes,
            state=flight.state,
            nonce=flight.nonce,
            code_challenge=create_s256_code_challenge(flight.verifier),
            code_challenge_method="S256",
        )
        return address

    async def landed(self, code: str, flight: Flight) -> Granted:
        """What the issuer grants for the code; raises SignInFailed."""
        answer = await self._asked(
            "authorization_code", code=code, redirect_uri=self._origin + LANDING, code_verifier=flight.verifier
        )
        await self._prove(str(answer.get("id_token", "")), flight.nonce)
        return self._granted(answer)

    async def renewed(self, renewal: str) -> Granted:
        """What the issuer grants in place of what ends; raises SignInFailed."""
        return self._granted(await self._asked("refresh_token", refresh_token=renewal), renewal)

    async def farewell(self) -> str:
        """The address at the issuer where the person ends their session there; empty where it has none, or is away."""
        try:
            address = (await self._found()).end_session
        except SignInFailed:
            return ""
        joined = "&" if "?" in address else "?"
        back, client = quote(self._origin + FAREWELL, safe=""), quote(self._own.client_id, safe="")
        return address and f"{address}{joined}client_id={client}&post_logout_redirect_uri={back}"

    def _granted(self, answer: Mapping[str, Any], renewal: str = "") -> Granted:
        """Here is decided which of the issuer's tokens opens the hub."""
        bearer = answer.get(self._own.bearer)
        if not isinstance(bearer, str):
            raise _not_accepted(f"no {self._own.bearer}")
        return Granted(bearer, str(answer.get("refresh_token") or renewal))

    async def _found(self) -> Endpoints:
        try:
            return await self._endpoints.current()
        except IssuerUnavailable:
            raise SignInFailed("away") from None

    async def _asked(self, grant: str, **fields: str) -> Mapping[str, Any]:
        endpoints = await self._found()
        secret = self._own.client_secret
        method = ("client_secret_post" if endpoints.secret_by_post else "client_secret_basic") if secret else "none"
        client = ClientAuth(self._own.client_id, secret, method)
        address, headers, body = client.prepare(
            "POST", endpoints.token, {**FORM}, prepare_token_request(grant, **fields)
        )
        try:
            async with (
                asyncio.timeout(FETCH_TIMEOUT.total_seconds()),
                self._http.stream("POST", address, content=body, headers=headers) as response,
            ):
                status, answer = response.status_code, await json_object(response)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, IssuerFault) as error:
            log(__name__).warning("the issuer was not reached", error=type(error).__name__)
            raise SignInFailed("away") from None
        if status == httpx.codes.OK:
            return answer
        if answer.get("error") == "invalid_grant":
            raise SignInFailed("used")
        raise _not_accepted(f"status {status}")

    async def _prove(self, id_token: str, nonce: str) -> None:
        """The id token is the issuer's, for this client and this very sign-in (OpenID Connect Core 1.0, section 3.1.3.7)."""
        try:
            await self._id_tokens.verify(id_token)
        except IssuerUnavailable:
            raise SignInFailed("away") from None
        except InvalidToken as refused:
            raise SignInFailed.over(refused) from None
        claims = jwt.decode(id_token, options={"verify_signature": False})  # which was just verified
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise _not_accepted("nonce")
        if claims.get("azp", self._own.client_id) != self._own.client_id:
            raise _not_accepted("azp")


def _not_accepted(why: str) -> SignInFailed:
    """Since the issuer's answer is not what it should be."""
    log(__name__).warning("a sign-in was not accepted", reason=why)
    return SignInFailed("not_accepted")
