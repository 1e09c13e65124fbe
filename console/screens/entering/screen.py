"""Entering: the form by which an organisation enters a competition, and the entry that comes of it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop
from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("entering")
ROWS, MOST_ROWS = 3, 100
KINDS = {"NUMBER": "text", "DATE": "date", "PHONE": "tel", "EMAIL": "email"}
"""The kinds of fields that a browser has a keyboard or a calendar for."""


@screen.shows("/competitions/{id}/enter")
async def form(visit: Visit) -> Response:
    return await _form(visit, visit.query("track") or "", Faults())


@screen.does("/competitions/{id}/enter")
async def enter(visit: Visit) -> Response:
    """Submits the entry, or shows the form again with more rows where that button was pressed."""
    if visit.typed("more"):
        return await _form(visit, visit.typed("track"), Faults(), rows=_rows(visit) + ROWS)
    names = [name for name in visit.form if name.startswith("answer.")]
    answers = [{"key": name.removeprefix("answer."), "value": visit.typed(name)} for name in names]
    done = await visit.do(
        "SubmitEntry",
        trackId=visit.typed("track"),
        organizationId=visit.typed("organization"),
        contestant=visit.typed("contestant"),
        **given(
            groupName=visit.typed("group"),
            members=_members(visit),
            answers=[each for each in answers if each["value"]],
            waitIfFull=bool(visit.typed("wait")) or None,
        ),
    )
    if done.problems:
        return await _form(visit, visit.typed("track"), Faults(done.problems, _fields(answers)), status=422)
    return visit.go(f"/entries/{done.payload['entry']['id']}", said="entered")


@screen.shows("/entries/{id}")
async def entry(visit: Visit) -> Response:
    found = (await visit.ask("Entry", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    return visit.page("entry.html", found=found)


async def _form(visit: Visit, track: str, faults: Faults, *, rows: int = 0, status: int = 200) -> Response:
    told = await visit.ask("Entering", id=visit.part("id"))
    found, viewer = told.need("competition"), told.need("viewer")
    chosen = next((each for each in found["tracks"] if each["id"] == track), None)
    chosen = chosen or (found["tracks"][0] if len(found["tracks"]) == 1 else None)
    shown = min(rows or max(_rows(visit), ROWS), MOST_ROWS)
    said: dict[str, Any] = {"found": found, "viewer": viewer, "track": chosen, "faults": faults, "rows": shown}
    return visit.page("form.html", status, **said, kinds=KINDS)


def _rows(visit: Visit) -> int:
    """How many rows for people the form had."""
    return sum(1 for name in visit.form if name.startswith("member.") and name.endswith(".name"))


def _members(visit: Visit) -> list[dict[str, str]]:
    """Those who have a name, in the order of their rows."""
    rows = range(min(_rows(visit), MOST_ROWS))
    named = [(visit.typed(f"member.{row}.name"), visit.typed(f"member.{row}.role")) for row in rows]
    return [{"name": name, "role": role or "CONTESTANT"} for name, role in named if name]


def _fields(answers: list[dict[str, str]]) -> dict[str, str]:
    """The field of the form for each path in the input."""
    own = {"organizationId": "organization", "trackId": "track", "groupName": "group", "waitIfFull": "wait"}
    return {**own, **{f"answers.{each['key']}": f"answer.{each['key']}" for each in answers}}
