"""Project: who takes part, its milestones and what was done; what can be done has a page of its own that asks first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Problem, Stop, field_of
from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("project")
DAYS = ("startsOn", "endsOn", "dueOn")


@dataclass(frozen=True)
class Deed:
    """Something that can be done: the word for it, its mutation, what its form asks for, what is fixed, and its weight."""

    word: str
    operation: str
    fields: tuple[str, ...] = ("reason",)
    fixed: tuple[tuple[str, str], ...] = ()
    grave: bool = False

    @property
    def name(self) -> str:
        """As the schema lists it under `actions`."""
        return field_of(self.operation)


def _by_word(*deeds: Deed) -> Mapping[str, Deed]:
    return {deed.word: deed for deed in deeds}


OF_PROJECT = _by_word(
    Deed("change_project", "ChangeProject", ("title", "description", "startsOn", "endsOn", "reason")),
    Deed("complete_project", "CloseProject", fixed=(("outcome", "COMPLETED"),)),
    Deed("end_project", "CloseProject", fixed=(("outcome", "ENDED"),), grave=True),
    Deed("reopen_project", "ReopenProject"),
)
OF_INVITATION = _by_word(
    Deed("accept_participation", "AcceptParticipation", ()),
    Deed("decline_participation", "DeclineParticipation", grave=True),
    Deed("withdraw_participation", "WithdrawParticipation", (), grave=True),
)
OF_MILESTONE = _by_word(
    Deed("reach_milestone", "ReachMilestone", ()),
    Deed("reopen_milestone", "ReopenMilestone"),
    Deed("change_milestone", "ChangeMilestone", ("title", "dueOn", "reason")),
)


@screen.shows("/projects/{id}")
async def project(visit: Visit) -> Response:
    told = await visit.ask("Project", id=visit.part("id"))
    found, mine = told.need("project"), {each["id"] for each in (told["viewer"] or {}).get("organizations", ())}
    asked = [
        each for each in found["invitations"] if each["status"] == "INVITED" and each["organization"]["id"] in mine
    ]
    deeds = _open(found, OF_PROJECT)
    leads = any(deed.name == "changeProject" for deed in deeds)
    closed = [problem for each in found["actions"] if not each["allowed"] for problem in each["problems"]]
    steps = [(each, _open(each, OF_MILESTONE)) for each in found["milestones"]]
    said = {"deeds": deeds, "asked": asked, "leads": leads, "steps": steps, "why_not": closed}
    return visit.page("page.html", found=found, **said)


@screen.shows("/projects/{id}/{deed}")
async def confirm(visit: Visit) -> Response:
    return await _project_form(visit, _deed(visit, {**OF_PROJECT, **OF_INVITATION}), Faults(), 200)


@screen.does("/projects/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    deed = _deed(visit, {**OF_PROJECT, **OF_INVITATION})
    whose = {"organizationId": visit.typed("organization")} if deed.word in OF_INVITATION else {}
    if wrong := _no_days(visit, deed):
        return await _project_form(visit, deed, Faults(wrong), 422)
    typed = {**dict(deed.fixed), **whose, **_typed(visit, deed)}
    done = await visit.do(deed.operation, projectId=visit.part("id"), **typed)
    if done.problems:
        return await _project_form(visit, deed, Faults(done.problems), 422)
    if deed.word == "decline_participation":  # by which its organisation knows of the project no more
        return visit.go("/projects", said="declined")
    return visit.go(f"/projects/{visit.part('id')}", said=deed.word)


@screen.shows("/milestones/{id}")
async def milestone(visit: Visit) -> Response:
    """A milestone is shown on the page of its project."""
    found = await _milestone(visit)
    return visit.go(f"/projects/{found['project']['id']}")


@screen.shows("/milestones/{id}/{deed}")
async def confirm_milestone(visit: Visit) -> Response:
    return await _milestone_form(visit, _deed(visit, OF_MILESTONE), Faults(), 200)


@screen.does("/milestones/{id}/{deed}")
async def carry_out_milestone(visit: Visit) -> Response:
    deed = _deed(visit, OF_MILESTONE)
    if wrong := _no_days(visit, deed):
        return await _milestone_form(visit, deed, Faults(wrong), 422)
    done = await visit.do(deed.operation, milestoneId=visit.part("id"), **_typed(visit, deed))
    if done.problems:
        return await _milestone_form(visit, deed, Faults(done.problems), 422)
    found = await _milestone(visit)
    return visit.go(f"/projects/{found['project']['id']}", said=deed.word)


async def _project_form(visit: Visit, deed: Deed, faults: Faults, status: int) -> Response:
    found = (await visit.ask("Project", id=visit.part("id"))).need("project")
    organization = visit.typed("organization") or visit.query("organization") or ""
    named = {each["organization"]["id"]: each["organization"]["name"] for each in found["invitations"]}
    if deed.word in OF_INVITATION and organization not in named:
        raise Stop(NOT_THERE)
    path = f"/projects/{found['id']}"
    said = {"project": found, "path": path, "organization": organization, "name": named.get(organization, "")}
    return visit.page("confirm.html", status, found=found, deed=deed, faults=faults, **said)


async def _milestone_form(visit: Visit, deed: Deed, faults: Faults, status: int) -> Response:
    found = await _milestone(visit)
    said = {
        "project": found["project"],
        "path": f"/milestones/{found['id']}",
        "organization": "",
        "name": found["title"],
    }
    return visit.page("confirm.html", status, found=found, deed=deed, faults=faults, **said)


async def _milestone(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = (await visit.ask("Milestone", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


def _deed(visit: Visit, deeds: Mapping[str, Deed]) -> Deed:
    if visit.part("deed") not in deeds:
        raise Stop(NOT_THERE)
    return deeds[visit.part("deed")]


def _open(found: Mapping[str, Any], deeds: Mapping[str, Deed]) -> list[Deed]:
    """What the viewer can do about it now."""
    allowed = {action["name"] for action in found["actions"] if action["allowed"]}
    return [deed for deed in deeds.values() if deed.name in allowed]


def _typed(visit: Visit, deed: Deed) -> dict[str, Any]:
    """What stands in the form's fields; a reason and a description also where they are empty, all else only where filled in."""
    kept = {name: visit.typed(name) for name in deed.fields if name in ("reason", "description")}
    return {**given(**{name: visit.typed(name) for name in deed.fields if name not in kept}), **kept}


def _no_days(visit: Visit, deed: Deed) -> list[Problem]:
    """What stands in a field for a day and is none."""
    return visit.no_days(*(name for name in deed.fields if name in DAYS and visit.typed(name)))
