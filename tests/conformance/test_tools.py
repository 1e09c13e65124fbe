"""Tools: the schema and the queries of the pages as code generators, Relay's compiler and linters see them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conformance.node import run_script
from tests.handbook.pages import operations

GATEWAY = Path(__file__).parents[2] / "gateway"
PAGES = ("alliances", "frontends", "season")
TOLD: dict[str, Any] = {
    "@graphql-eslint/relay-edge-types": [
        "error",
        {"withEdgeSuffix": True, "shouldImplementNode": False, "listTypeCanWrapOnlyEdgeType": False},
    ],
    "@graphql-eslint/relay-arguments": ["error", {"includeBoth": False}],
    "@graphql-eslint/strict-id-in-types": ["error", {"exceptions": {"suffixes": ["Connection", "Edge", "Payload"]}}],
}
"""Where we mean something else than the tool's default: connections have the shortcut `nodes` and short lists are plain lists;
a connection that goes on forwards is one, and so is one of values; connections, edges and payloads have no id."""
REASONS = {
    "@graphql-eslint/strict-id-in-types": "values such as a quota, a problem or a region are part of a thing",
    "@graphql-eslint/no-typename-prefix": "Draw.drawnAt and Grant.grantedAt are said so in English, and names stay",
}
"""What stays as it is, with why. Of the 771 findings of the defaults (341 relay-edge-types, 325 strict-id-in-types, 102
relay-arguments, 2 no-typename-prefix, 1 description-style) one was mended: the description of an enum."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every tool had to say."""
    argument = {
        "schema": str(GATEWAY / "schema.graphql"),
        "released": str(GATEWAY / "released.graphql"),
        "documents": {page: operations(page) for page in PAGES},
        "folder": str(tmp_path_factory.mktemp("tools")),
        "told": TOLD,
    }
    [told] = run_script("tools.mjs", json.dumps(argument), seconds=200)
    return told


@pytest.mark.timeout(900)
def test_types_are_generated_for_every_query_of_the_pages(said: dict[str, Any]) -> None:
    assert len(said["codegen"]) == len(PAGES)
    for generated in map(Path, said["codegen"]):
        text = generated.read_text(encoding="utf-8")
        for name in operations(generated.parent.name):
            assert any(f"export type {name}{kind} =" in text for kind in ("Query", "Mutation", "Subscription")), name


@pytest.mark.timeout(900)
def test_the_relay_compiler_takes_connections_nodes_and_subscriptions(said: dict[str, Any]) -> None:
    assert said["relay"]["ok"], said["relay"]["told"]
    assert "compiled documents" in said["relay"]["told"]


@pytest.mark.timeout(900)
def test_graphql_eslint_finds_nothing_without_a_reason(said: dict[str, Any]) -> None:
    found = Counter(finding["ruleId"] for finding in said["lint"]["findings"])

    assert set(found) == set(REASONS), [each for each in said["lint"]["findings"] if each["ruleId"] not in REASONS]
    assert said["lint"]["rules"] > 20


@pytest.mark.timeout(900)
def test_graphql_inspector_finds_no_break_since_the_release(said: dict[str, Any]) -> None:
    """A break that has its reason is for `hub schema --check`, which knows the reasons."""
    assert said["inspected"]["breaking"] == [] or yaml.safe_load((GATEWAY / "breaks.yaml").read_text("utf-8"))
