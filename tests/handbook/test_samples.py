"""Samples: every query of the handbooks stands in both languages, with variables that are accepted as they are printed."""

from __future__ import annotations

import json
import re

import pytest
from graphql import OperationDefinitionNode, parse, validate
from graphql.execution.values import get_variable_values

from gateway.schema import graphql_schema
from tests.handbook.chinese import HANDBOOKS, written
from tests.handbook.pages import DOCS, operations

PAGES = ("agenda", "alliances", "compose", "frontends", "operations", "projects", "season")
LANGUAGES = ("", ".zh-CN")
SAMPLE = re.compile(
    r"^```graphql\n(?P<query>.*?)^```\n(?:\n```json\n(?P<variables>.*?)^```)?", re.MULTILINE | re.DOTALL
)


def samples(page: str) -> dict[str, dict[str, object]]:
    """The variables that stand beside each query of a page, by its name."""
    found = {}
    for match in SAMPLE.finditer((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        found[_operation(match["query"]).name.value] = json.loads(match["variables"] or "{}")  # type: ignore[union-attr]
    return found


def _operation(text: str) -> OperationDefinitionNode:
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_sample_is_accepted_as_printed(page: str, language: str) -> None:
    schema = graphql_schema()
    for name, variables in samples(page + language).items():
        text = operations(page + language)[name]
        assert validate(schema, parse(text)) == [], name
        coerced = get_variable_values(schema, _operation(text).variable_definitions or (), variables)
        assert not isinstance(coerced, list), (name, coerced)
        assert set(variables) <= {each.variable.name.value for each in _operation(text).variable_definitions or ()}


@pytest.mark.parametrize("page", PAGES)
def test_a_query_that_takes_something_stands_beside_what_it_takes(page: str) -> None:
    bare = [name for name, given in samples(page).items() if not given and _takes(operations(page)[name])]

    assert bare == []


def _takes(text: str) -> bool:
    return any(each.type.kind == "non_null_type" for each in _operation(text).variable_definitions or ())


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_queries_so_that_what_drives_one_drives_both(page: str) -> None:
    assert operations(f"{page}.zh-CN") == operations(page)
    assert samples(f"{page}.zh-CN") == samples(page)


@pytest.mark.parametrize("page", HANDBOOKS)
def test_the_chinese_page_is_what_the_command_writes(page: str) -> None:
    assert (DOCS / f"{page}.zh-CN.md").read_text(encoding="utf-8") == written(page)
