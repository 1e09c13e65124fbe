"""Fake issuer: an OpenID Connect issuer in memory, which counts its visitors and misbehaves on demand."""

import asyncio
from collections import Counter
from typing import Any

import httpx

from tests.gateway.sign_in.forging import jwk

ISSUER = "https://id.example.edu.cn/realms/hub"
DISCOVERY = f"{ISSUER}/.well-known/openid-configuration"
JWKS = f"{ISSUER}/jwks"


class FakeIssuer:
    """Serves `discovery` and `keys`; `down` refuses connections, `hung` waits until it is `let`; `visits` counts by address."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.discovery: Any = {"issuer": ISSUER, "jwks_uri": JWKS}
        self.keys: Any = {"keys": list(keys) or [jwk("rsa-1", "RS256")]}
        self.replies: dict[str, httpx.Response] = {}
        self.down = False
        self.hung, self.let = False, asyncio.Event()
        self.visits: Counter[str] = Counter()
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.visits[url] += 1
        await asyncio.sleep(0)  # others get their turn, as they do while a real answer travels
        if self.hung:
            await self.let.wait()
        documents = {DISCOVERY: self.discovery, JWKS: self.keys}
        if self.down or url not in documents:
            raise httpx.ConnectError("refused", request=request)
        return self.replies.get(url) or httpx.Response(200, json=documents[url])
