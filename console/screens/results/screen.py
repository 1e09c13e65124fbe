"""Results: what is announced for everybody; proposed by an organiser, and signed by a supervisor who saw that very digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("results")
DEEDS = {"sign": "countersignResult", "withdraw": "withdrawProposal"}
"""What can be done about a proposed result, by its word, as the schema lists it under `actions`."""


@screen.shows("/competitions/{id}/results", public=True)
async def results(visit: Visit) -> Response:
    told = await visit.ask("Results", competition=visit.part("id"))
    found, viewer = told.need("competition"), told["viewer"]
    by_stage = {each["stage"]["id"]: each for each in told["results"]["nodes"]} if told["results"] else {}
    runs = bool(viewer) and found["series"]["id"] in [each["id"] for each in viewer["series"]]
    return visit.page("page.html", told=told, found=found, by_stage=by_stage, runs=runs)


@screen.shows("/results/{id}", public=True)
async def result(visit: Visit) -> Response:
    found = await _found(visit)
    rows = await visit.ask("Rows", result=visit.part("id"), after=visit.query("after"))
    objections = await visit.ask("Objections", result=visit.part("id")) if visit.identity else None
    filed = objections["objections"] if objections else None
    allowed = {each["name"] for each in found["actions"] if each["allowed"]}
    return visit.page(
        "result.html",
        found=found,
        rows=rows,
        objections=filed["nodes"] if filed else [],
        deeds=[word for word, action in DEEDS.items() if action in allowed],
        objectable=_takes_objections(found, visit),
    )


@screen.shows("/results/{id}/{deed}")
async def asked(visit: Visit) -> Response:
    return await _confirm(visit, Faults())


@screen.does("/results/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    """Signs the digest that was seen, or takes the proposal back."""
    word = visit.part("deed")
    if word == "sign":
        done = await visit.do("CountersignResult", resultId=visit.part("id"), digest=visit.typed("digest"))
    elif word == "withdraw":
        done = await visit.do("WithdrawProposal", resultId=visit.part("id"))
    else:
        raise Stop(NOT_THERE)
    if done.problems:
        return await _confirm(visit, Faults(done.problems), 422)
    return visit.go(f"/results/{visit.part('id')}", said=word)


@screen.shows("/stages/{id}/propose")
async def ask_to_propose(visit: Visit) -> Response:
    return await _proposal(visit, Faults())


@screen.does("/stages/{id}/propose")
async def propose(visit: Visit) -> Response:
    done = await visit.do("ProposeResult", stageId=visit.part("id"))
    if done.problems:
        return await _proposal(visit, Faults(done.problems), 422)
    return visit.go(f"/results/{done.payload['result']['id']}", said="propose")


async def _found(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = (await visit.ask("Result", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


async def _confirm(visit: Visit, faults: Faults, status: int = 200) -> Response:
    if visit.part("deed") not in DEEDS:
        raise Stop(NOT_THERE)
    return visit.page("confirm.html", status, found=await _found(visit), word=visit.part("deed"), faults=faults)


async def _proposal(visit: Visit, faults: Faults, status: int = 200) -> Response:
    stage = (await visit.ask("Stage", id=visit.part("id"))).need("stage")
    return visit.page("propose.html", status, stage=stage, faults=faults)


def _takes_objections(found: Mapping[str, Any], visit: Visit) -> bool:
    """Whether the time for objections is open; whether the viewer has standing, the rules say when they file one."""
    until = found["objectionsUntil"]
    return found["status"] in ("ANNOUNCED", "FROZEN") and until is not None and until > visit.now.isoformat()
