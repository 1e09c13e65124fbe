"""Finding: one box over what the hub has, with the first that fit of each list; a list that is away leaves the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from console.answers import Told, Trouble
from console.links import PAGES, path_of
from console.screen import Screen
from console.visit import Visit

screen = Screen("finding")
Node = Mapping[str, Any]
LONGEST = 100


@dataclass(frozen=True)
class Row:
    """One that fits: the page that shows it, where there is one, and what is said beside its name."""

    path: str | None
    text: str
    more: str = ""


@dataclass(frozen=True)
class Found:
    """The first of a list that fit, the page that has the `more`, and the `trouble` where it could not be asked."""

    name: str
    rows: list[Row]
    more: str = ""
    trouble: Trouble | None = None


LISTS: Mapping[str, tuple[str, Callable[[Node], tuple[str, str]]]] = {
    "competitions": ("Competition", lambda each: (f"{each['series']['name']} {each['name']}", "")),
    "alliances": ("Alliance", lambda each: (each["name"], "")),
    "organizations": ("Organization", lambda each: (each["name"], (each["region"] or {}).get("name", ""))),
    "plans": ("Plan", lambda each: (each["title"], each["issuer"] or "")),
    "projects": ("Project", lambda each: (each["title"], each["leadOrganization"]["name"])),
}
"""By what the schema calls it: the type of its things, and what is said of one of them."""


@screen.shows("/search", public=True)
async def find(visit: Visit) -> Response:
    search = (visit.query("search") or "")[:LONGEST]
    if not search:
        return visit.page("page.html", search="", lists=[])
    told = await visit.ask("Finding", search=search, known=visit.identity is not None)
    lists = [_found(told, name, search) for name in LISTS]
    return visit.page("page.html", search=search, lists=lists)


def _found(told: Told, name: str, search: str) -> Found:
    found, (kind, said) = told[name], LISTS[name]
    if found is None:
        return Found(name, [], trouble=told.trouble(name))
    rows = [Row(path_of({"__typename": kind, "id": each["id"]}), *said(each)) for each in found["nodes"]]
    whole = PAGES.get(kind, "").removesuffix("/{id}")
    more = f"{whole}?{urlencode({'search': search})}" if whole and found["pageInfo"]["hasNextPage"] else ""
    return Found(name, rows, more)
