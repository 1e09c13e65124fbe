"""Guarded: what every answer tells a browser not to do with it, unless a page has rules of its own."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
POLICY = "default-src 'none'; frame-ancestors 'none'"
VIEWED = "application/pdf"  # browsers show it in a page of their own, which a policy would take for ours
YEAR = 31_536_000  # seconds


class Guarded:
    """ASGI middleware. Where people reach the hub by https at `address`, browsers are told to keep to that."""

    def __init__(self, app: ASGIApp, *, address: str) -> None:
        self._app = app
        by_tls = {"strict-transport-security": f"max-age={YEAR}"} if address.startswith("https://") else {}
        self._headers = ALWAYS | by_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guard(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if headers.get("content-type") != VIEWED:
                    headers.setdefault("content-security-policy", POLICY)
            await send(message)

        await self._app(scope, receive, guard)
