"""Every document of a screen is valid, cheap and in use: it is an example for whoever writes a frontend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import OperationType

from console.catalogue import SCREENS
from console.screen import Screen
from gateway.protocol.documents import Document, Documents
from gateway.protocol.limits import Limits
from gateway.schema import graphql_schema

MOST = 1_000
"""What one operation of a page may cost: a tenth of what anybody may ask for."""
EACH = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(graphql_schema(), Limits())


@EACH
def test_every_document_is_valid_and_cheap(screen: Screen, documents: Documents) -> None:
    for text in screen.texts():
        read = documents.read(text)
        assert isinstance(read, Document), read
        costs = {name: operation.cost({}, Limits().page) for name, operation in read.operations.items()}
        assert max(costs.values()) <= MOST, costs


@EACH
def test_a_screen_has_at_most_two_documents_and_asks_every_operation_in_them(screen: Screen) -> None:
    code = (screen.folder / "screen.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'"([A-Z][A-Za-z]+)"', code))

    assert len(screen.texts()) <= 2
    assert set(screen.documents) <= asked


@EACH
def test_an_operation_that_does_something_is_called_as_its_one_field(screen: Screen, documents: Documents) -> None:
    for text in screen.texts():
        read = documents.read(text)
        assert isinstance(read, Document)
        for name, operation in read.operations.items():
            if operation.kind is OperationType.MUTATION:
                assert name and re.findall(r"\b(\w+)\(input: \$input\)", text).count(name[0].lower() + name[1:]) == 1


def test_the_catalogue_has_every_screen(screens: Path) -> None:
    assert {screen.name for screen in SCREENS} == {path.parent.name for path in screens.glob("*/screen.py")}


@EACH
def test_whoever_is_sent_to_sign_in_from_a_form_comes_back_to_a_page(screen: Screen) -> None:
    pages = {address.path for address in screen.addresses() if address.method == "GET"}

    assert [each.path for each in screen.addresses() if (each.back or each.path) not in pages] == []
