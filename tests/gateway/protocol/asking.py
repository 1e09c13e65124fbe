"""Asking: one request to the tiny gateway in process, over nothing but ASGI."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
from starlette.types import ASGIApp

from tests.gateway.protocol.tiny_gateway import tiny_app

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
JSON_UTF8 = f"{JSON}; charset=utf-8"
GRAPHQL_JSON_UTF8 = f"{GRAPHQL_JSON}; charset=utf-8"


async def ask(method: str = "POST", *, app: ASGIApp | None = None, **request: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app or tiny_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        return await client.request(method, "/graphql", **request)


async def post(query: str, *, accept: str = GRAPHQL_JSON, app: ASGIApp | None = None, **more: Any) -> httpx.Response:
    headers = {"accept": accept, **more.pop("headers", {})}
    return await ask(app=app, json={"query": query, **more}, headers=headers)


async def get(query: str, *, accept: str = GRAPHQL_JSON, app: ASGIApp | None = None, **more: Any) -> httpx.Response:
    headers = {"accept": accept, **more.pop("headers", {})}
    return await ask("GET", app=app, params={"query": query, **more}, headers=headers)


async def in_pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def code_of(response: httpx.Response) -> str:
    [error] = response.json()["errors"]
    return error["extensions"]["code"]
