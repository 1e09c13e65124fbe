"""Opening: the form by which an organisation opens a project and asks others to take part, maybe for an item of a plan."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("opening")
ROWS, MOST_ROWS, MOST_CHOSEN = 3, 50, 99
FIELDS = ("lead", "title", "description", "startsOn", "endsOn", "participant", "milestones")


@screen.shows("/projects/new")
async def form(visit: Visit) -> Response:
    return await _form(visit, visit.query("item") or "", Faults())


@screen.does("/projects/new")
async def open_project(visit: Visit) -> Response:
    """Opens the project, or shows the form again: with organisations that fit a name, or with more rows."""
    if visit.typed("step"):
        rows = _rows(visit) + ROWS if visit.typed("step") == "rows" else 0
        return await _form(visit, visit.typed("item"), Faults(), rows=rows)
    milestones = _milestones(visit)
    days = [name for name in ("startsOn", "endsOn") if visit.typed(name)]
    if wrong := visit.no_days(*days, *(f"milestone.{row}.due" for row, _, _ in milestones)):
        return await _form(visit, visit.typed("item"), Faults(wrong), status=422)
    done = await visit.do(
        "OpenProject",
        title=visit.typed("title"),
        leadOrganizationId=visit.typed("lead"),
        participantIds=_chosen(visit),
        milestones=[{"title": title, "dueOn": due} for _, title, due in milestones],
        **given(
            itemId=visit.typed("item"),
            description=visit.typed("description"),
            startsOn=visit.typed("startsOn"),
            endsOn=visit.typed("endsOn"),
        ),
    )
    if done.problems:
        return await _form(visit, visit.typed("item"), Faults(done.problems, _fields(milestones)), status=422)
    return visit.go(f"/projects/{done.payload['project']['id']}", said="opened")


async def _form(visit: Visit, item: str, faults: Faults, *, rows: int = 0, status: int = 200) -> Response:
    chosen = _chosen(visit)
    told = await visit.ask("Opening", item=item or "none", withItem=bool(item), chosen=chosen)
    sought = await visit.ask("Sought", search=visit.typed("seek")) if visit.typed("seek") else None
    found = sought["organizations"] if sought else None
    if found:
        found = {**found, "nodes": [each for each in found["nodes"] if each["id"] not in chosen]}
    shown = min(rows or max(_rows(visit), ROWS), MOST_ROWS)
    names = [f"milestone.{row}.{part}" for row in range(shown) for part in ("title", "due")]
    said: dict[str, Any] = {
        "mine": told.need("viewer")["organizations"],
        "item": told["item"],
        "chosen": [each for each in told["chosen"] or () if each],
        "sought": found,
        "trouble": sought.trouble("organizations") if sought else None,
        "fields": [*FIELDS, *names],
    }
    return visit.page("page.html", status, faults=faults, rows=shown, **said)


def _chosen(visit: Visit) -> list[str]:
    """The ids of the organisations that are ticked, each once."""
    ticked = [each for each in visit.form.getlist("participant") if isinstance(each, str)]
    return list(dict.fromkeys(ticked))[:MOST_CHOSEN]


def _rows(visit: Visit) -> int:
    """How many rows for milestones the form had."""
    return sum(1 for name in visit.form if name.startswith("milestone.") and name.endswith(".title"))


def _milestones(visit: Visit) -> list[tuple[int, str, str]]:
    """Row, title and day of those that have a title."""
    rows = range(min(_rows(visit), MOST_ROWS))
    named = [(row, visit.typed(f"milestone.{row}.title"), visit.typed(f"milestone.{row}.due")) for row in rows]
    return [each for each in named if each[1]]


def _fields(milestones: list[tuple[int, str, str]]) -> dict[str, str]:
    """The field of the form for each path in the input."""
    own = {"leadOrganizationId": "lead", "participantIds": "participant"}
    for index, (row, _, _) in enumerate(milestones):
        own |= {
            f"milestones.{index}.title": f"milestone.{row}.title",
            f"milestones.{index}.dueOn": f"milestone.{row}.due",
        }
    return own
