"""Each thing is said once: no body of some length stands in two places, no name on the wire is made from a class's name."""

from __future__ import annotations

import ast
import copy
from collections import defaultdict
from collections.abc import Iterator

import pytest

from hub.services import all_services
from kit.messages.parked import due_rows
from tests.house.sources import CODE, functions, name, sources

LONG = 40
"""So many nodes of syntax are more than chance: about three lines."""


def body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """What a function does, without what it says of itself."""
    return function.body[1:] if ast.get_docstring(function) else function.body


def shape(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The body with its own names numbered, so that it does not matter what they are called."""
    module = ast.Module(body=copy.deepcopy(body(function)), type_ignores=[])
    own: dict[str, str] = {}
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            own.setdefault(argument.arg, f"name{len(own)}")
    names = [node for node in ast.walk(module) if isinstance(node, ast.Name)]
    for node in names:
        if isinstance(node.ctx, ast.Store):
            own.setdefault(node.id, f"name{len(own)}")
    for node in names:
        node.id = own.get(node.id, node.id)
    return ast.unparse(module)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(1 for statement in body(function) for _ in ast.walk(statement))


def twins(texts: dict[str, ast.Module]) -> Iterator[list[str]]:
    """The functions of these modules that do the same."""
    places: dict[str, list[str]] = defaultdict(list)
    for where, module in texts.items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) >= LONG:
                places[shape(node)].append(f"{where}:{node.name}")
    return (found for found in places.values() if len(found) > 1)


def test_no_body_stands_in_two_places() -> None:
    texts = {name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources(*CODE)}

    assert list(twins(texts)) == []


@pytest.mark.parametrize(("other", "found"), [("{} * 2 + sum({})", True), ("{} * 3 + sum({})", False)])
def test_a_twin_is_known_by_what_it_does_and_not_by_its_names(other: str, found: bool) -> None:
    def function(called: str, argument: str, does: str) -> str:
        lines = [f"    {argument}{n} = {does.format(argument, argument)}" for n in range(5)]
        return f'def {called}({argument}):\n    """{called}"""\n' + "\n".join(lines)

    first, second = function("one", "a", "{} * 2 + sum({})"), function("two", "b", other)

    assert bool(list(twins({"x": ast.parse(first), "y": ast.parse(second)}))) is found


def test_no_name_on_the_wire_is_made_from_the_name_of_a_class() -> None:
    made = [
        f"{name(path)}:{function.name}"
        for path in sources("services", "contracts", "procedures", "kit")
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in {"lower", "upper"} and "__name__" in ast.unparse(node.value)
    ]
    assert made == []


def test_each_kind_of_rows_that_fall_due_has_a_word_of_its_own_in_its_service() -> None:
    for service in all_services():
        kinds = [row.kind for row in due_rows(service.tables)]
        assert len(kinds) == len(set(kinds)), (service.name, kinds)
