"""Desk: what those who run a competition see of it on one page, and what they change after it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, REFUSED, Problem, Stop, Trouble, field_of
from console.forms import Faults
from console.pictures.bar import bar
from console.pictures.tile_map import tile_map
from console.screen import Screen
from console.times import as_typed, of_typed
from console.visit import Visit
from console.words import KEYS

screen = Screen("desk")
COUNTS = ("provinces", "institutions", "days")
MOST_INSTITUTIONS, LAST_DAYS = 20, 14
MOMENTS = ("opensAt", "closesAt")
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Deed:
    """What can be done to a published competition: its word, mutation, who is told (a word), what it asks for, its weight."""

    word: str
    operation: str
    told: str
    fields: tuple[str, ...] = ("reason",)
    grave: bool = False

    @property
    def name(self) -> str:
        """As the schema lists it under `actions`."""
        return field_of(self.operation)


DEEDS = (
    Deed("rename", "RenameCompetition", "told_entrants", ("nameZh", "nameEn", "reason")),
    Deed("entry_window", "MoveEntryWindow", "told_members", (*MOMENTS, "reason")),
    Deed("postpone", "PostponeCompetition", "told_members", ("days", "reason")),
    Deed("call_off", "CancelCompetition", "told_everybody", grave=True),
    Deed("reinstate", "ReinstateCompetition", "told_everybody"),
)
BY_WORD = {deed.word: deed for deed in DEEDS}
MOVE_PHASE = Deed("move_phase", "MovePhase", "told_entrants", (*MOMENTS, "reason"))


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
        deeds=_open(found),
        closed=_closed(found),
    )


@screen.shows("/competitions/{id}/desk/change/{deed}")
async def ask(visit: Visit) -> Response:
    found, deed = await _changing(visit), _deed(visit)
    return _form(visit, found, deed, found)


@screen.does("/competitions/{id}/desk/change/{deed}")
async def change(visit: Visit) -> Response:
    found, deed = await _changing(visit), _deed(visit)
    return await _carry_out(visit, found, deed, found, competitionId=found["id"])


@screen.shows("/competitions/{id}/desk/phases/{phase}")
async def ask_phase(visit: Visit) -> Response:
    found = await _changing(visit)
    return _form(visit, found, MOVE_PHASE, _phase(visit, found))


@screen.does("/competitions/{id}/desk/phases/{phase}")
async def move_phase(visit: Visit) -> Response:
    found = await _changing(visit)
    phase = _phase(visit, found)
    return await _carry_out(visit, found, MOVE_PHASE, phase, phaseId=phase["id"])


async def _carry_out(
    visit: Visit, found: Mapping[str, Any], deed: Deed, thing: Mapping[str, Any], **which: str
) -> Response:
    if wrong := _mistyped(visit, deed):
        return _form(visit, found, deed, thing, wrong)
    done = await visit.do(deed.operation, **which, **{name: _value(visit, thing, name) for name in deed.fields})
    if done.problems:
        return _form(visit, found, deed, thing, done.problems)
    return visit.go(f"/competitions/{found['id']}/desk", said=deed.word)


def _form(
    visit: Visit, found: Mapping[str, Any], deed: Deed, thing: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> Response:
    """The form of a deed about a competition or, of a phase, about `thing`; what was typed stays."""
    stands = {name: as_typed(thing[name]) if name in MOMENTS else thing.get(name, "") for name in deed.fields}
    said = {"found": found, "deed": deed, "thing": thing, "values": {**stands, **visit.values}}
    problem = next((each for each in found["actions"] if each["name"] == deed.name and not each["allowed"]), None)
    why_not = problem["problems"] if problem and not problems else ()
    return visit.page("change.html", 422 if problems else 200, faults=Faults(problems), why_not=why_not, **said)


async def _changing(visit: Visit) -> Any:
    """The competition, for whoever may change it; raises Stop for others."""
    found = (await visit.ask("Changing", id=visit.part("id"))).need("competition")
    for problem in (problem for action in found["actions"] for problem in action["problems"]):
        if problem["code"] in REFUSED:
            raise Stop(Trouble(problem["code"], problem["message"]))
    return found


def _deed(visit: Visit) -> Deed:
    if visit.part("deed") not in BY_WORD:
        raise Stop(NOT_THERE)
    return BY_WORD[visit.part("deed")]


def _phase(visit: Visit, found: Mapping[str, Any]) -> Any:
    for each in found["phases"]:
        if each["id"] == visit.part("phase"):
            return each
    raise Stop(NOT_THERE)


def _mistyped(visit: Visit, deed: Deed) -> list[Problem]:
    """What stands in a field for a moment or a number and is none: the schema takes nothing else."""
    words = screen.library.in_(visit.locale)
    no_moments = [name for name in deed.fields if name in MOMENTS and not of_typed(visit.typed(name))]
    no_days = [name for name in deed.fields if name == "days" and _number(visit.typed(name)) is None]
    return [
        *(Problem("NO_MOMENT", name, words("no_moment")) for name in no_moments),
        *(Problem("NO_NUMBER", name, words("no_number")) for name in no_days),
    ]


def _value(visit: Visit, thing: Mapping[str, Any], name: str) -> Any:
    """What the input takes; a moment that was left as it stands keeps its seconds, which its field does not show."""
    typed = visit.typed(name)
    if name in MOMENTS:
        return thing[name] if typed == as_typed(thing[name]) else of_typed(typed)
    return _number(typed) if name == "days" else typed


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _open(found: Mapping[str, Any]) -> list[Deed]:
    """What the viewer can do about it now."""
    allowed = {action["name"] for action in found["actions"] if action["allowed"]}
    return [deed for deed in DEEDS if deed.name in allowed]


def _closed(found: Mapping[str, Any]) -> list[tuple[Deed, str]]:
    """What they cannot, each with the first reason."""
    why = {each["name"]: each["problems"][0]["message"] for each in found["actions"] if each["problems"]}
    return [(deed, why[deed.name]) for deed in DEEDS if deed.name in why]


def by_region(counts: Any) -> dict[str, int]:
    """How many have a place, by the code of their region."""
    return {each["region"]["code"]: each["entered"] for each in counts if each["region"]}


def total(counts: Any) -> dict[str, int]:
    return {of: sum(each[of] for each in counts) for of in ("entered", "offered", "waiting", "ended")}
