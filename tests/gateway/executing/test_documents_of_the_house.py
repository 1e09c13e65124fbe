"""Every document of the handbooks, the demo and the tests' walks is compiled; only questions about the schema are not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.executing.fields import Uncompiled
from gateway.protocol.documents import Document, Documents
from gateway.schema import graphql_schema

ROOT = Path(__file__).parents[3]
PAGES = ("*.md", "docs/**/*.md")
PROGRAMS = ("hub/**/*.py", "bench/*.py", "tests/flows/*.py", "tests/season/*.py", "tests/running/*.py")
FENCED = re.compile(r"^```graphql\n(.*?)^```", re.DOTALL | re.MULTILINE)
IN_JSON = re.compile(r'"query": ?"((?:[^"\\]|\\.)*)"')
DOCUMENT = re.compile(r"^\s*(?:query|mutation|subscription|\{)[^\"]*\{", re.DOTALL)


def texts() -> Iterator[tuple[str, str]]:
    """Each text that may be a document, with its file."""
    for page in (page for pattern in PAGES for page in ROOT.glob(pattern)):
        found = page.read_text(encoding="utf-8")
        yield from ((page.name, each.replace('\\"', '"')) for each in [*FENCED.findall(found), *IN_JSON.findall(found)])
    for program in (program for pattern in PROGRAMS for program in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(program.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOCUMENT.match(node.value):
                yield str(program.relative_to(ROOT)), node.value


def documents() -> Iterator[tuple[str, Document]]:
    known = Documents(graphql_schema())
    for file, text in texts():
        document = known.read(text)
        if isinstance(document, Document):
            yield file, document


def left_to_graphql_core(document: Document) -> list[str]:
    """Why operations of the document are not compiled."""
    reasons = []
    for operation in document.operations.values():
        try:
            operation.plans.of({}, "en")
        except Uncompiled as reason:
            reasons.append(str(reason))
    return reasons


def test_every_document_of_the_house_is_compiled() -> None:
    read = list(documents())

    assert {file: why for file, document in read if (why := left_to_graphql_core(document))} == {}
    assert {"season.md", "alliances.md", "README.md", "sign-in.md", "hub/flow.py", "bench/executor_page.py"} <= {
        file for file, _ in read
    }
    assert len(read) > 100


@pytest.mark.parametrize(
    "asked", ["{ __schema { queryType { name } } }", '{ __type(name: "Alliance") { name } viewer { id } }']
)
def test_a_question_about_the_schema_is_left_to_graphql_core(asked: str) -> None:
    document = Documents(graphql_schema()).read(asked)

    assert isinstance(document, Document)
    assert left_to_graphql_core(document) == ["introspection"]
