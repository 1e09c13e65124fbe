"""Where the schema is not shown, nothing tells it: no introspection, no page to try queries, no 'Did you mean'."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway.edge.fronted import fronted

MISTYPED = [
    ("{ organisations { nodes { id } } }", {}),
    ("{ organizations { nodes { idd } } }", {}),
    ("{ organizations(frist: 1) { nodes { id } } }", {}),
    ("{ node(id: 5) { ... on Organisation { id } } }", {}),
    ("query($a: Strin) { organizations { nodes { id } } }", {}),
    ("{ organizations @skp(if: true) { nodes { id } } }", {}),
    ("mutation { registerOrganization(input: {nameZ: 1}) { problems { code } } }", {}),
    ("mutation { registerOrganization(input: {kind: UNIVERSTY}) { problems { code } } }", {}),
    (
        "mutation($i: RegisterOrganizationInput!) { registerOrganization(input: $i) { problems { code } } }",
        {"i": {"nameZ": "a"}},
    ),
    (
        "mutation($i: RegisterOrganizationInput!) { registerOrganization(input: $i) { problems { code } } }",
        {"i": {"kind": "UNIVERSTY"}},
    ),
]
SCHEMA = "{ __schema { queryType { name } } }"


async def _messages(query: str, variables: dict[str, Any], *, introspection: bool) -> str:
    async with fronted(introspection=introspection) as client:
        answer = await client.post("/graphql", json={"query": query, "variables": variables})
    return " ".join(error["message"] for error in answer.json()["errors"])


@pytest.mark.parametrize(("query", "variables"), MISTYPED)
async def test_mistyped_name_brings_no_suggestion(query: str, variables: dict[str, Any]) -> None:
    assert "Did you mean" not in await _messages(query, variables, introspection=False)


async def test_where_it_is_shown_a_mistyped_name_brings_one() -> None:
    assert "Did you mean" in await _messages(*MISTYPED[0], introspection=True)


async def test_schema_cannot_be_asked_for() -> None:
    assert "introspection" in await _messages(SCHEMA, {}, introspection=False)


@pytest.mark.parametrize(
    ("introspection", "statuses", "root"), [(True, (200, 200), "/graphql"), (False, (406, 404), "/verify")]
)
async def test_page_to_try_queries_is_there_where_the_schema_is(
    introspection: bool, statuses: tuple[int, int], root: str
) -> None:
    async with fronted(introspection=introspection) as client:
        page = await client.get("/graphql", headers={"accept": "text/html"})
        script = await client.get("/graphiql/graphiql.min.js")
        home = await client.get("/")

    assert ((page.status_code, script.status_code), home.headers["location"]) == (statuses, root)
