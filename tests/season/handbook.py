"""Handbook: the queries of docs/season.md by the names of their operations, and which of them were carried out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from graphql import OperationDefinitionNode, parse

PAGE = Path(__file__).parents[2] / "docs/season.md"
_QUERY = re.compile(r"^```graphql\n(.*?)^```", re.MULTILINE | re.DOTALL)


@cache
def operations() -> dict[str, str]:
    """Every query of the page by its name; a name that comes twice or is missing is a fault of the page."""
    found: dict[str, str] = {}
    for text in _QUERY.findall(PAGE.read_text(encoding="utf-8")):
        (definition,) = parse(text).definitions
        assert isinstance(definition, OperationDefinitionNode) and definition.name, text
        assert definition.name.value not in found, definition.name.value
        found[definition.name.value] = text
    return found


class Carried:
    """How often each query of the page was carried out."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()

    def document(self, name: str) -> str:
        self.times[name] += 1
        return operations()[name]

    def missing(self) -> list[str]:
        return sorted(set(operations()) - set(self.times))
