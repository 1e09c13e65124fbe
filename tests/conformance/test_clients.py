"""Clients: the one that docs/frontends.md prints, Apollo Client and urql, against a running hub with the demo data."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import parse, validate

from gateway.protocol import faults
from gateway.protocol.limits import Limits
from gateway.schema import graphql_schema
from tests.conformance.node import FOLDER, run_script
from tests.handbook.pages import DOCS
from tests.running.processes import RunningHub

CLIENT = re.compile(r"^```ts\n(.*?)^```", re.MULTILINE | re.DOTALL)


def printed(page: str) -> str:
    (client,) = CLIENT.findall((DOCS / page).read_text(encoding="utf-8"))
    return client


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """The client of the page as JavaScript; TypeScript has nothing to say against it."""
    source = FOLDER / "client_of_the_page.ts"
    source.write_text(printed("frontends.md"), encoding="utf-8")
    script = source.with_suffix(".js")
    try:
        assert run_script("built.mjs", str(source)) == []
        yield script
    finally:
        source.unlink()
        script.unlink(missing_ok=True)


def test_both_pages_print_one_client_of_some_sixty_lines() -> None:
    assert printed("frontends.md") == printed("frontends.zh-CN.md")
    assert len(printed("frontends.md").splitlines()) < 70


@pytest.mark.timeout(900)
def test_the_client_of_the_page_reads_commands_and_goes_on_after_a_break(demo_hub: RunningHub, built: Path) -> None:
    tokens = {"secretariat": demo_hub.token("secretariat"), "college": demo_hub.token("quzhou-college")}
    argument = json.dumps({"url": demo_hub.url, "client": str(built), "tokens": tokens})

    [came] = run_script("page_client.mjs", argument, seconds=180)

    assert came["first"] == came["again"]
    assert len(came["first"]) > 2
    miss, whole, *hits = came["requests"]
    assert (miss["method"], miss["status"], whole["method"], whole["whole"]) == ("GET", 200, "POST", True)
    for hit in [*hits, *came["cached"]]:
        assert hit == {"method": "GET", "whole": False, "status": 200, "cache": "public, max-age=30"}
    assert came["failed"] == {"refused": True, "code": "GRAPHQL_VALIDATION_FAILED"}
    assert came["welcomed"] == 2
    assert came["once"]


@pytest.mark.timeout(900)
def test_apollo_client_and_urql_find_what_they_look_for(demo_hub: RunningHub) -> None:
    argument = json.dumps({"url": demo_hub.url, "token": demo_hub.token("secretariat")})

    results = run_script("clients.mjs", argument, seconds=180)

    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 8


PAGES = ["frontends.md", "frontends.zh-CN.md"]
SAMPLE = re.compile(r"^```graphql\n(.*?)^```\n+```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
FIGURES = {
    "characters": "characters",
    "tokens": "tokens",
    "depth": "depth",
    "fields, with fragments written out": "fields",
    "root fields": "root_fields",
    "aliases": "aliases",
    "directives": "directives",
    "cost": "cost",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_sample_of_the_page_is_accepted_as_printed(demo_hub: RunningHub, page: str) -> None:
    samples = SAMPLE.findall((DOCS / page).read_text(encoding="utf-8"))
    headers = {"authorization": f"Bearer {demo_hub.token('visitor')}"}

    assert len(samples) == (DOCS / page).read_text(encoding="utf-8").count("```graphql") >= 3
    for query, variables in samples:
        if query.startswith("subscription"):
            assert validate(graphql_schema(), parse(query)) == []
            continue
        body = {"query": query, "variables": json.loads(variables)}
        answer = demo_hub.http.post(demo_hub.url, json=body, headers=headers).json()
        assert "errors" not in answer, answer
        assert all(not payload.get("problems") for payload in answer["data"].values()), answer


@pytest.mark.parametrize("page", PAGES)
def test_the_page_has_every_code_of_the_protocol_and_says_what_to_do(page: str) -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)

    assert faults.codes() <= {code for code, _ in rows}


def test_the_figures_of_the_page_are_those_of_the_gateway() -> None:
    rows = {
        page: re.findall(r"^\| ([^|`]+) \| ([\d,]+)\D", (DOCS / page).read_text("utf-8"), re.MULTILINE)
        for page in PAGES
    }
    figures = [int(figure.replace(",", "")) for _, figure in rows["frontends.md"]]

    assert {name: figure for (name, _), figure in zip(rows["frontends.md"], figures, strict=True)} == {
        name: getattr(Limits(), field) for name, field in FIGURES.items()
    }
    assert [figure for _, figure in rows["frontends.zh-CN.md"]] == [figure for _, figure in rows["frontends.md"]]
