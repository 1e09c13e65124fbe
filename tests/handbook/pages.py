"""Pages: the queries of a page of docs/ by the names of their operations, and which of them were carried out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from graphql import OperationDefinitionNode, parse

DOCS = Path(__file__).parents[2] / "docs"
_QUERY = re.compile(r"^```graphql\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINKED = re.compile(r"\[`([A-Z]\w+)`\]\[")


@cache
def operations(page: str) -> dict[str, str]:
    """Every query of docs/<page>.md by its name; a name that comes twice or is missing is a fault of the page."""
    found: dict[str, str] = {}
    for text in _QUERY.findall((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        (definition,) = parse(text).definitions
        assert isinstance(definition, OperationDefinitionNode) and definition.name, text
        assert definition.name.value not in found, definition.name.value
        found[definition.name.value] = text
    return found


def named_in_chinese(page: str) -> set[str]:
    """The operations that the Chinese page links to, in the English one."""
    return set(_LINKED.findall((DOCS / f"{page}.zh-CN.md").read_text(encoding="utf-8")))


class Carried:
    """How often each query of a page was carried out."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.times: Counter[str] = Counter()

    def document(self, name: str) -> str:
        self.times[name] += 1
        return operations(self.page)[name]

    def missing(self) -> list[str]:
        return sorted(set(operations(self.page)) - set(self.times))
