"""Plan: one document with its items in their order, each item with all that was read of it, and the items of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop
from console.figures import figure
from console.screen import Screen
from console.visit import Visit

screen = Screen("plan")


@screen.shows("/plans/{id}", public=True)
async def plan(visit: Visit) -> Response:
    section = visit.query("section")
    told = await visit.ask("Plan", id=visit.part("id"), section=section, after=visit.query("after"))
    found, items = told.need("plan"), told["workItems"]
    headed = _headed(items["nodes"]) if items else []
    said = {"items": items, "headed": headed, "trouble": told.trouble("workItems"), "section": section}
    return visit.page("page.html", found=found, **said)


@screen.shows("/items", public=True)
async def items(visit: Visit) -> Response:
    """All that the viewer may read, or those of one unit: by its name as printed, or by all names of an organisation."""
    unit, organization = visit.query("search"), visit.query("organization")
    told = await visit.ask("WorkItems", unit=unit, organization=organization, after=visit.query("after"))
    mine = (told["viewer"] or {}).get("organizations", [])
    return visit.page("items.html", found=told.need("workItems"), unit=unit, organization=organization, mine=mine)


@screen.shows("/items/{id}", public=True)
async def item(visit: Visit) -> Response:
    found = (await visit.ask("WorkItem", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    return visit.page("item.html", found=found, figure=figure)


def _headed(items: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]]:
    """The items under their headings, as the document has them."""
    return [(heading, [*group]) for heading, group in groupby(items, lambda each: each["section"])]
