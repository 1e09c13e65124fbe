"""Keys that visitors bring fill no table, and those of people fill none beyond what one person may."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
from sqlalchemy import select

from kit.calls.answers import Answer
from kit.context import Context
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.gateway.counted import CountedHub

REGISTER = """mutation($input: RegisterOrganizationInput!) {
    registerOrganization(input: $input) { organization { id } problems { code field } } }"""
SCHOOL = {"nameZh": "黄山学院", "nameEn": "Huangshan University", "kind": "UNIVERSITY", "region": "341002"}


async def test_a_visitor_and_whoever_may_nothing_leave_nothing_behind(counted: CountedHub) -> None:
    async with counted.client() as client:
        for token, code in ((None, "SIGN_IN_REQUIRED"), ("stranger", "NOT_ALLOWED")):
            keys = [f"{number:0200}" for number in range(20)]
            answers = await asyncio.gather(*(_register(client, token, key) for key in keys))
            assert {problem["code"] for answer in answers for problem in answer["problems"]} == {code}

    assert _kept(counted) == 0


async def test_no_command_keeps_what_it_could_not_read(counted: CountedHub) -> None:
    for service, request in _every_command(counted):
        payload = await asyncio.wrap_future(counted.hub.broker.call(service, request))
        assert payload is not None
        assert payload["error"] is None or payload["error"]["kind"] == "refusal", (request.method, payload)

    with_effect = [key for key in _keys(counted) if not key.startswith("person:")]
    assert with_effect == []


async def test_a_key_that_cannot_be_is_refused_by_its_field(counted: CountedHub) -> None:
    keys = {"": "TOO_SHORT", "k" * 500_000: "TOO_LONG", "a\x00": "INVALID", "\u202etxt": "INVALID"}
    async with counted.client() as client:
        for key, code in keys.items():
            answer = await _register(client, "office", key)
            assert answer == {"organization": None, "problems": [{"code": code, "field": "idempotencyKey"}]}


def _every_command(counted: CountedHub) -> Iterator[tuple[str, Request]]:
    """Each by a visitor and by somebody signed in, without any arguments."""
    for service, runtime in counted.hub.runtimes.items():
        for method in sorted(set(runtime.methods) - runtime.reads):
            yield service, Request(method, {}, Context(), idempotency_key="k" * 200)
            yield service, Request(method, {}, Context(Viewer("person:x")), idempotency_key=f"{method}")


async def _register(client: httpx.AsyncClient, token: str | None, key: str) -> Any:
    body = {"query": REGISTER, "variables": {"input": {**SCHOOL, "idempotencyKey": key}}}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = await client.post("/graphql", json=body, headers=headers)
    return response.json()["data"]["registerOrganization"]


def _kept(counted: CountedHub) -> int:
    return len(_keys(counted))


def _keys(counted: CountedHub) -> list[str]:
    """The viewers for whom something is kept, in all services."""
    found: list[str] = []
    for runtime in counted.hub.runtimes.values():
        with runtime.database.transaction(writes=False) as session:
            found += session.scalars(select(Answer.viewer))
    return found
