"""Discovery: what an OpenID Connect issuer publishes about itself, believed only as far as it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import orjson

from gateway.sign_in.jws import ALGORITHMS

Keys = Mapping[str, jwt.PyJWK]

FETCH_TIMEOUT = timedelta(seconds=5)  # for all documents of one fetch together
LARGEST_DOCUMENT = 256 * 1024  # bytes
BASIC = "client_secret_basic"  # OpenID Connect Discovery 1.0: what an issuer takes that does not say

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class IssuerFault(Exception):  # noqa: N818 - told to the operator's log
    """The issuer's documents are not what OpenID Connect Discovery 1.0 and RFC 7517 promise."""


@dataclass(frozen=True)
class Endpoints:
    """Where the issuer signs people in, gives out tokens, and ends sessions (empty where it does not say).

    `secret_by_post` is where a client shows its secret in the form, since the issuer takes it nowhere else.
    """

    authorization: str
    token: str
    end_session: str
    secret_by_post: bool


def issuer_client() -> httpx.AsyncClient:
    """A client for an issuer: bounded time-outs, no redirects, nothing from the environment. The caller closes it."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(FETCH_TIMEOUT.total_seconds()),
        limits=httpx.Limits(max_connections=10),
        follow_redirects=False,
        trust_env=False,
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def published_keys(http: httpx.AsyncClient, issuer: str) -> Keys:
    """The issuer's usable signing keys, by way of its discovery document; raises IssuerFault or httpx's errors."""
    discovery = await _discovered(http, issuer)
    keys = _usable(await _document(http, _address(discovery, "jwks_uri", issuer)))
    if not keys:
        raise IssuerFault("the issuer publishes no key that could be used")
    return keys


async def published_endpoints(http: httpx.AsyncClient, issuer: str) -> Endpoints:
    """What its discovery document says of where people sign in; raises IssuerFault or httpx's errors."""
    discovery = await _discovered(http, issuer)
    ending = "end_session_endpoint"
    methods = discovery.get("token_endpoint_auth_methods_supported") or [BASIC]
    return Endpoints(
        authorization=_address(discovery, "authorization_endpoint", issuer),
        token=_address(discovery, "token_endpoint", issuer),
        end_session=_address(discovery, ending, issuer) if ending in discovery else "",
        secret_by_post=BASIC not in methods,
    )


async def _discovered(http: httpx.AsyncClient, issuer: str) -> dict[str, Any]:
    discovery = await _document(http, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if discovery.get("issuer") != issuer:
        raise IssuerFault("the discovery document speaks for another issuer")
    return discovery


def _address(discovery: Mapping[str, Any], name: str, issuer: str) -> str:
    uri = discovery.get(name)
    if not isinstance(uri, str) or not is_safe(uri) or urlsplit(uri).scheme != urlsplit(issuer).scheme:
        raise IssuerFault(f"the discovery document names no safe {name}")
    return uri


async def _document(http: httpx.AsyncClient, url: str) -> dict[str, Any]:
    async with http.stream("GET", url) as response:
        if response.status_code != httpx.codes.OK:
            raise IssuerFault(f"status {response.status_code}")
        return await json_object(response)


async def json_object(response: httpx.Response) -> dict[str, Any]:
    """What the issuer answers, read within bounds; raises IssuerFault or httpx's errors."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_DOCUMENT:
            raise IssuerFault("a document is too large")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise IssuerFault("a document is no JSON") from None
    if not isinstance(document, dict):
        raise IssuerFault("a document is no JSON object")
    return document


def _usable(jwks: Mapping[str, Any]) -> Keys:
    published = jwks.get("keys")
    if not isinstance(published, list):
        raise IssuerFault("the key set has no keys")
    keys = [key for entry in published if isinstance(entry, dict) and (key := _signing_key(entry))]
    kids = [key.key_id for key in keys]
    return {str(key.key_id): key for key in keys if kids.count(key.key_id) == 1}


def _signing_key(entry: dict[str, Any]) -> jwt.PyJWK | None:
    """The key, bound to one algorithm; None for one that is secret, weak, nameless, or not for signatures."""
    if not isinstance(entry.get("kid"), str) or entry.get("use", "sig") != "sig" or "d" in entry:
        return None
    if "alg" in entry and entry["alg"] not in ALGORITHMS:
        return None
    try:
        key = jwt.PyJWK(entry)
    except jwt.PyJWTError:
        return None
    weak = key.algorithm_name not in ALGORITHMS or key.Algorithm.check_key_length(key.key)
    return None if weak else key


def is_safe(address: str) -> bool:
    """Whether nobody on the way can change what is read there: https, or http on this machine."""
    try:
        url = urlsplit(address)
    except ValueError:
        return False
    return bool(url.hostname) and (url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK))
