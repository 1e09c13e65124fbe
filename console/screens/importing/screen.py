"""Importing: a plan's text, how it would be read beside it, and its import; the text lives in the form all the while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from starlette.responses import Response

from console.answers import Done, Problem
from console.figures import figure
from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("importing")
IMPORTING = {"HUB_OFFICE", "PROVINCE_OFFICE"}
REGIONS = {"310000": "shanghai", "320000": "jiangsu", "330000": "zhejiang", "340000": "anhui"}
"""The words for the provinces, by their codes in GB/T 2260."""
LARGEST = 4_194_304
"""Bytes of a form: the longest text that the schema takes, 400,000 characters of three bytes, each written as nine."""


@screen.shows("/plans/import")
async def form(visit: Visit) -> Response:
    return await _form(visit, Faults())


@screen.does("/plans/import", largest=LARGEST)
async def go_on(visit: Visit) -> Response:
    """Shows the text again to be changed, or how it is read, or imports it."""
    step = visit.typed("step")
    if step == "edit":
        return await _form(visit, Faults())
    if step == "import":
        return await _import(visit)
    return await _preview(visit, Faults(), 200)


async def _import(visit: Visit) -> Response:
    """Imports what was previewed: the doubts that were seen go with it, so that none comes in unseen."""
    if visit.typed("doubted") and not visit.typed("seen"):
        unseen = Problem("DOUBTS_UNSEEN", "seen", screen.library.in_(visit.locale)("unseen"))
        return await _preview(visit, Faults([unseen]), 422)
    done = await visit.do(
        "ImportPlan",
        text=_text(visit),
        public=bool(visit.typed("public")),
        **given(title=visit.typed("title"), region=visit.typed("region")),
        confirmedDoubts=visit.typed("digest"),
    )
    if done.problems:
        return await _preview(visit, Faults(done.problems), 422)
    return visit.go(f"/plans/{done.payload['plan']['id']}", said="imported")


async def _preview(visit: Visit, faults: Faults, status: int) -> Response:
    """How the text is read; where it cannot be, the form with what was typed."""
    told = await visit.ask("PreviewPlan", input={"text": _text(visit)})
    done = Done.of(told, "previewPlan")
    if done.problems:
        return await _form(visit, Faults(done.problems), 422)
    found = done.payload["preview"]
    said: dict[str, Any] = {"found": found, "faults": faults, "figure": figure, "headed": _headed(found)}
    words = screen.library.in_(visit.locale)
    regions = [(code, words(word)) for code, word in REGIONS.items()]
    doubted = {each["line"] for each in found["doubts"]}
    lines = _text(visit).split("\n")
    return visit.page("preview.html", status, **said, lines=lines, doubted=doubted, regions=regions)


async def _form(visit: Visit, faults: Faults, status: int = 200) -> Response:
    viewer = (await visit.ask("Importing")).need("viewer")
    imports = any(each["role"] in IMPORTING for each in viewer["grants"])
    return visit.page("page.html", status, imports=imports, faults=faults)


def _text(visit: Visit) -> str:
    """The text with the line ends of the reader: browsers send others."""
    return visit.typed("text").replace("\r\n", "\n")


def _headed(found: Mapping[str, Any]) -> list[tuple[Mapping[str, Any] | None, Sequence[Mapping[str, Any]]]]:
    """The items that were read, under their headings."""
    headings = {each["key"]: each for each in found["sections"]}
    grouped = groupby(found["items"], lambda each: each["sectionKey"])
    return [(headings.get(key), [*group]) for key, group in grouped]
