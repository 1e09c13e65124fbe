"""Desk: what those who run a competition see of it on one page: its entries, places and phases."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.answers import REFUSED, Stop
from console.pictures.bar import bar
from console.pictures.tile_map import tile_map
from console.screen import Screen
from console.visit import Visit
from console.words import KEYS

screen = Screen("desk")
COUNTS = ("provinces", "institutions", "days")
MOST_INSTITUTIONS, LAST_DAYS = 20, 14


@screen.shows("/competitions/{id}/desk")
async def desk(visit: Visit) -> Response:
    told = await visit.ask("Desk", id=visit.part("id"))
    found = told.need("competition")
    for part in COUNTS:
        if (trouble := told.trouble(part)) and trouble.code in REFUSED:
            raise Stop(trouble)
    provinces, institutions, days = (told[part] for part in COUNTS)
    words = screen.library.in_(visit.locale)
    return visit.page(
        "page.html",
        found=found,
        told=told,
        provinces=provinces,
        institutions=institutions and institutions[:MOST_INSTITUTIONS],
        others=len(institutions or ()) - MOST_INSTITUTIONS,
        days=days and days[-LAST_DAYS:],
        picture=tile_map(by_region(provinces or ()), words("map"), KEYS[visit.locale]),
        bar=bar,
        total=total(provinces or ()),
    )


def by_region(counts: Any) -> dict[str, int]:
    """How many have a place, by the code of their region."""
    return {each["region"]["code"]: each["entered"] for each in counts if each["region"]}


def total(counts: Any) -> dict[str, int]:
    return {of: sum(each[of] for each in counts) for of in ("entered", "offered", "waiting", "ended")}
