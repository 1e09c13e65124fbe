"""Objections: filed against an announced result, decided by a panel that is drawn, each step on a page that asks first."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Done, Stop
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("objections")
DEEDS = {"vote": "voteOnObjection", "seat": "seatArbitrators", "withdraw": "withdrawObjection"}
"""What can be done about one, by its word, as the schema lists it under `actions`."""
VOTES = {"uphold": True, "dismiss": False}


@screen.shows("/objections")
async def mine(visit: Visit) -> Response:
    told = await visit.ask("Mine", after=visit.query("after"))
    return visit.page("page.html", objections=told.need("myObjections"))


@screen.shows("/results/{id}/objections/new")
async def form(visit: Visit) -> Response:
    return await _form(visit, Faults())


@screen.does("/results/{id}/objections/new")
async def file_one(visit: Visit) -> Response:
    ground = visit.one_of("Ground", visit.typed("ground"))
    if ground is None:
        return await _form(visit, Faults(), 422, groundless=True)
    done = await visit.do(
        "FileObjection",
        resultId=visit.part("id"),
        entryId=visit.typed("entry"),
        ground=ground,
        statement=visit.typed("statement"),
    )
    if done.problems:
        return await _form(visit, Faults(done.problems), 422)
    return visit.go(f"/objections/{done.payload['objection']['id']}", said="filed")


@screen.shows("/objections/{id}")
async def objection(visit: Visit) -> Response:
    found = await _found(visit)
    allowed = {each["name"] for each in found["actions"] if each["allowed"]}
    return visit.page("objection.html", found=found, deeds=[word for word in DEEDS if DEEDS[word] in allowed])


@screen.shows("/objections/{id}/{deed}")
async def asked(visit: Visit) -> Response:
    return await _confirm(visit, Faults())


@screen.does("/objections/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    """Votes, draws the panel, or takes the objection back."""
    word = visit.part("deed")
    if word == "vote" and visit.typed("vote") not in VOTES:
        return await _confirm(visit, Faults(), 422, undecided=True)
    done = await _done(visit, word)
    if done.problems:
        return await _confirm(visit, Faults(done.problems), 422)
    return visit.go(f"/objections/{visit.part('id')}", said=word)


async def _done(visit: Visit, word: str) -> Done:
    if word == "vote":
        uphold, reason = VOTES[visit.typed("vote")], visit.typed("reason")
        return await visit.do("VoteOnObjection", objectionId=visit.part("id"), uphold=uphold, reason=reason)
    if word == "seat":
        return await visit.do("SeatArbitrators", objectionId=visit.part("id"))
    if word == "withdraw":
        return await visit.do("WithdrawObjection", objectionId=visit.part("id"))
    raise Stop(NOT_THERE)


async def _found(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = (await visit.ask("Objection", id=visit.part("id"))).need("objection")
    return found


async def _confirm(visit: Visit, faults: Faults, status: int = 200, *, undecided: bool = False) -> Response:
    word = visit.part("deed")
    if word not in DEEDS:
        raise Stop(NOT_THERE)
    found = await _found(visit)
    return visit.page("confirm.html", status, found=found, word=word, faults=faults, undecided=undecided)


async def _form(visit: Visit, faults: Faults, status: int = 200, *, groundless: bool = False) -> Response:
    found = (await visit.ask("Filing", result=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    entry = visit.query("entry") or visit.typed("entry")
    return visit.page("form.html", status, found=found, entry=entry, faults=faults, groundless=groundless)
