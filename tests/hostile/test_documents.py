"""Documents: whatever JSON somebody gives, in a literal, a variable or a file, is taken or refused, never a fault inside."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contracts.documents import DEEPEST, LARGEST, MOST_VALUES, fault
from hub.cli import cli
from hub.embedded import EmbeddedWire
from kit.ids import new_id
from services.events.judging.results.verifying import NotAResult, findings
from tests.databases.fixtures import BOTH
from tests.gateway.scripted import ScriptedGateway
from tests.services.events.competitions.competing import an_edition
from tests.services.events.events_hub import OFFICE, EventsHub, Refused

SECTIONS = ("entries", "scoring", "judging", "results", "tracks", "works", "fixtures")


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()


def nested(depth: int, leaf: Any = 1) -> Any:
    """A document so many objects deep."""
    for _ in range(depth):
        leaf = {"a": leaf}
    return leaf


TEXTS = st.text(st.characters(exclude_categories=()), max_size=5) | st.sampled_from(["\x00", "\ud800", "a\x00b"])
NUMBERS = st.integers() | st.sampled_from([2**53, 2**63, -(2**63) - 1, 2**64, 10**300]) | st.floats()
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
RULES = st.dictionaries(st.sampled_from(SECTIONS) | TEXTS, VALUES, max_size=3)


@pytest.mark.parametrize("_database", BOTH, indirect=True)
def test_any_document_is_refused_in_words_on_both_databases_with_a_key_too(events: EventsHub) -> None:
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(RULES.filter(bool))
    @example({"a": "\x00"})
    @example({"\x00": 1})
    @example({"scoring": {"\x00": 1}})
    @example(nested(DEEPEST + 1))
    @example({"a": 2**53})
    def trial(rules: Any) -> None:
        try:
            orjson.dumps(rules)
        except TypeError:
            return  # no caller can send it; the gateway must refuse it: see below
        try:
            events.ask("draft_competition", OFFICE, new_id(), **an_edition(rules=rules))
        except Refused as refused:
            assert all(problem["code"] for problem in refused.problems)

    trial()


class _Deaf(EmbeddedWire):
    """Hears no messages, and so needs no loop before the first call."""

    def overhear(self, *_: Any) -> None:
        return None


def literal(value: Any) -> str:
    """The value as GraphQL writes it; keys are names there."""
    if isinstance(value, dict):
        return "{" + ",".join(f"k{place}:{literal(each)}" for place, each in enumerate(value.values())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(literal, value)) + "]"
    if isinstance(value, float):
        return "1e999" if not math.isfinite(value) else repr(value)
    return json.dumps(value)


TIMES = {"opensAt": "2026-05-01T00:00:00Z", "closesAt": "2026-06-01T00:00:00Z"}


class Asking:
    """Asks the graph for a competition with these rules, once in a variable and once in a literal."""

    def __init__(self, events: EventsHub, runner: asyncio.Runner) -> None:
        self._gateway = ScriptedGateway(_Deaf(events.hub.broker), viewer=OFFICE)  # type: ignore[arg-type]
        self._runner = runner

    def in_variable(self, rules: Any) -> list[str]:
        facts = {"number": 1, "hostRegion": "340100", "tracks": [], "rules": rules, **TIMES}
        return self._codes(f"mutation($input: DraftCompetitionInput!) {{ {self._field('$input')} }}", input=facts)

    def in_literal(self, rules: str) -> list[str]:
        times = ", ".join(f'{name}: "{moment}"' for name, moment in TIMES.items())
        facts = f'{{ number: 1, hostRegion: "340100", tracks: [], rules: {rules}, {times} }}'
        return self._codes(f"mutation {{ {self._field(facts)} }}")

    def _field(self, facts: str) -> str:
        return f"draftCompetition(input: {facts}) {{ problems {{ code }} }}"

    def _codes(self, document: str, **variables: Any) -> list[str]:
        body = self._runner.run(self._gateway.answer(document, **variables))
        if "errors" in body:
            return [error["extensions"]["code"] for error in body["errors"]]
        return [problem["code"] for problem in body["data"]["draftCompetition"]["problems"]]


def test_no_document_in_a_literal_or_a_variable_is_a_fault_inside(events: EventsHub) -> None:
    with asyncio.Runner() as runner:
        asking = Asking(events, runner)

        @settings(max_examples=60, suppress_health_check=list(HealthCheck))
        @given(RULES.filter(bool))
        @example({"a": 2**70})
        @example({"a": [[[float("inf")]]]})
        def trial(rules: Any) -> None:
            for found in (asking.in_variable(rules), asking.in_literal(literal(rules))):
                assert found
                assert "INTERNAL" not in found

        trial()
        assert asking.in_variable(nested(900)) == ["TOO_DEEP"]
        assert asking.in_literal(literal(nested(DEEPEST + 1))) == ["TOO_DEEP"]
        assert asking.in_literal(literal(nested(300))) == ["GRAPHQL_PARSE_FAILED"]
        assert asking.in_literal("{ a: " + "9" * 5000 + " }") == ["INVALID"]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (nested(DEEPEST), None),
        (nested(DEEPEST + 1), "TOO_DEEP"),
        (nested(100_000), "TOO_DEEP"),
        ({"a": [LARGEST, -LARGEST, True, None, 0.5, "ä"]}, None),
        ({"a": LARGEST + 1}, "OUT_OF_RANGE"),
        ({"a": float("nan")}, "INVALID"),
        ({"a": ["\ud800"]}, "INVALID"),
        ({"\x00": 1}, "INVALID"),
        ({"a": b"bytes"}, "INVALID"),
        ([[0]] * MOST_VALUES, "TOO_LONG"),
        ({"a": ["x" * 1_500_000] * 2}, "TOO_LONG"),
    ],
)
def test_what_can_be_kept_and_what_cannot(document: Any, code: str | None) -> None:
    found = fault(document, "rules")

    assert (found and found.code) == code
    assert found is None or (found.field == "rules" and "{" not in found.text("zh-CN") + found.text("en"))


@settings(max_examples=150)
@given(VALUES)
@example({"kind": {}, "format": 1})
@example({"kind": "public", "format": 1, "rows": [nested(300)]})
def test_a_saved_result_of_any_shape_is_read_or_is_none(saved: Any) -> None:
    with suppress(NotAResult):
        findings(saved)


@pytest.mark.parametrize("command", [["draw", "verify"], ["result", "verify"]])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "\x00",
        "[" * 5000,
        '{"a":' * 900 + "1" + "}" * 900,
        '{"kind": [], "format": 1}',
        '{"draw": 1e400}',
        "9" * 5000,
    ],
    ids=["empty", "nul", "unclosed", "deep", "unhashable", "infinite", "long"],
)
def test_commands_that_read_a_document_end_with_a_sentence(tmp_path: Path, command: list[str], content: str) -> None:
    file = tmp_path / "document.json"
    file.write_text(content)

    ended = CliRunner().invoke(cli, [*command, str(file)])

    assert ended.exit_code == 1
    assert isinstance(ended.exception, SystemExit), ended.exception
    assert " · " in ended.output
