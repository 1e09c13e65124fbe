"""docs/flow.md walks one command through the code; every step links a file and names a function that is there."""

from __future__ import annotations

import ast
import re

from tests.house.sources import ROOT, tree

LINK = re.compile(r"\[`([\w.]+)`\]\(\.\./([\w/.-]+\.py)\)")


def test_every_step_of_the_walk_exists() -> None:
    page = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    links = LINK.findall(page)

    missing = [(what, path) for what, path in links if what.split(".")[-1] not in _names(path)]

    assert missing == []
    assert len(links) >= 10


def test_the_steps_are_numbered_without_a_gap() -> None:
    page = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", page, flags=re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def _names(path: str) -> set[str]:
    nodes = ast.walk(tree(ROOT / path))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
