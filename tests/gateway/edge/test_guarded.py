"""Every answer tells the browser what not to do with it; only pages that we know may read it."""

from __future__ import annotations

import pytest
from httpx import Response

from tests.gateway.edge.fronted import fronted

PATHS = [
    "/",
    "/graphql",
    "/verify",
    "/alliances/x",
    "/healthz",
    "/readyz",
    "/graphiql/graphiql.min.js",
    "/nowhere",
    "/works/none/pieces/1",
]
ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY"}
PAGE, EVIL = "https://pages.example.org", "https://evil.example"


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_guarded(path: str) -> None:
    async with fronted() as client:
        answer = await client.get(path, headers={"accept": "text/html, */*"})

    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("host", ["evil.example"])
async def test_refusal_is_guarded_too(host: str) -> None:
    async with fronted() as client:
        assert (await client.get("/graphql", headers={"host": host})).headers["x-content-type-options"] == "nosniff"


async def test_hub_without_tls_says_nothing_of_it() -> None:
    async with fronted("http://localhost:8000", public_url="http://localhost:8000") as client:
        assert "strict-transport-security" not in (await client.get("/verify")).headers


async def _preflight(origin: str, **own: tuple[str, ...]) -> Response:
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type, graphql-require-preflight, authorization",
    }
    async with fronted(**own) as client:
        return await client.options("/graphql", headers=headers)


async def test_page_on_the_list_may_ask() -> None:
    answer = await _preflight(PAGE, allowed_origins=(PAGE,))

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", [EVIL, "null", "http://pages.example.org", "https://pages.example.org.evil.example"])
async def test_another_page_may_not(origin: str) -> None:
    answer = await _preflight(origin, allowed_origins=(PAGE,))

    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_answer_is_kept_apart_for_each_page() -> None:
    async with fronted(allowed_origins=(PAGE,)) as client:
        asked = {
            origin: await client.post("/graphql", json={"query": "{ __typename }"}, headers={"origin": origin})
            for origin in (PAGE, EVIL)
        }

    assert asked[PAGE].headers["access-control-allow-origin"] == PAGE
    assert "origin" in asked[PAGE].headers["vary"].lower()
    assert "access-control-allow-origin" not in asked[EVIL].headers
