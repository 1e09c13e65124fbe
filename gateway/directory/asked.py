"""Asked: what stands in the query of an address of the directory, and the addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gateway.graph.relay import to_global_id
from gateway.locale import Locale

ALLIANCES = "/alliances"
LANGUAGE = "lang"


def alliance_path(alliance_id: str) -> str:
    """Where the page of an alliance is, by its plain id."""
    return f"{ALLIANCES}/{to_global_id('Alliance', alliance_id)}"


def language_in(query: Mapping[str, str], otherwise: str) -> Locale:
    """The language that the address asks for, else that of the reader."""
    return "en" if query.get(LANGUAGE, otherwise) == "en" else "zh-CN"


@dataclass(frozen=True)
class Asked:
    """The address of a page: its path, and of its query what means something here."""

    path: str
    given: Mapping[str, str]

    @classmethod
    def of(cls, path: str, query: Mapping[str, str], names: tuple[str, ...]) -> Asked:
        return cls(path, {name: query[name] for name in (*names, LANGUAGE) if query.get(name)})

    def arguments(self, **names: str) -> dict[str, Any]:
        """What a service is asked by: under each of its names what the query has under ours."""
        return {theirs: self.given[ours] for theirs, ours in names.items() if ours in self.given}

    def to(self, **changed: str | None) -> str:
        """The same page with this changed, or left out where it is None; from its first page, unless `after` is given."""
        given = {**self.given, "after": None, **changed}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{self.path}?{query}" if query else self.path
