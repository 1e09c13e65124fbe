"""Kinds: which service has which table, and how it is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.events.exports.exports import ExportKind
from contracts.refusals import NotFound
from gateway.graph.relay import id_in_address


@dataclass(frozen=True)
class Kind:
    """A table: the `method` of the `service` that gives it out, and its title in both languages.

    What it is of is a node, whose id stands in the address, under the name `of`. `asks` may stand behind it in the query.
    """

    service: str
    method: str
    title: tuple[str, str]
    node: str = ""
    of: str = ""
    asks: tuple[str, ...] = ()
    always: tuple[tuple[str, str], ...] = ()

    def arguments(self, id_: str | None, query: Mapping[str, str]) -> dict[str, Any]:
        """What the service is asked by; refuses with NotFound where the address names no table."""
        if (id_ is None) != (not self.node):
            raise NotFound("kind")
        about = {self.of: id_in_address(self.node, id_)} if id_ else {}
        return about | dict(self.always) | {name: query[name] for name in self.asks if query.get(name)}


def _of_competition(kind: ExportKind, zh: str, en: str) -> Kind:
    always = (("kind", kind.value),)
    return Kind("events", "export_rows", (zh, en), "Competition", "competition_id", always=always)


KINDS: Mapping[str, Kind] = {
    ExportKind.ENTRIES: _of_competition(ExportKind.ENTRIES, "报名", "Entries"),
    ExportKind.SCORES: _of_competition(ExportKind.SCORES, "评分", "Scores"),
    ExportKind.RESULTS: _of_competition(ExportKind.RESULTS, "成绩", "Results"),
    ExportKind.FIXTURES: _of_competition(ExportKind.FIXTURES, "赛程", "Fixtures"),
    "members": Kind("alliances", "export_members", ("成员", "Members"), "Alliance", "alliance_id", asks=("on",)),
    "organizations": Kind("alliances", "export_organizations", ("名录", "Register"), asks=("kind", "region")),
}
