"""Motions: what takes two people: one proposed it, and a supervisor signs what they saw."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("motions")
DEEDS = ("sign", "withdraw")


@screen.shows("/competitions/{id}/motions")
async def motions(visit: Visit) -> Response:
    told = await visit.ask("Motions", competition=visit.part("id"), after=visit.query("after"))
    return visit.page("page.html", found=told.need("competition"), motions=told.need("motions"))


@screen.shows("/motions/{id}")
async def motion(visit: Visit) -> Response:
    found = await _found(visit)
    waits, own = found["status"] == "PROPOSED", visit.identity is not None and found["proposedBy"] == visit.identity.id
    deeds = [each for each in DEEDS if waits and not (own and each == "sign")]
    return visit.page("motion.html", found=found, about=await _about(visit, found), deeds=deeds)


@screen.shows("/motions/{id}/{deed}")
async def asked(visit: Visit) -> Response:
    return await _confirm(visit, Faults())


@screen.does("/motions/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    """Signs the digest that was seen, which has it done, or takes the motion back."""
    word = visit.part("deed")
    if word == "sign":
        done = await visit.do("CountersignMotion", motionId=visit.part("id"), digest=visit.typed("digest"))
    elif word == "withdraw":
        done = await visit.do("WithdrawMotion", motionId=visit.part("id"))
    else:
        raise Stop(NOT_THERE)
    if done.problems:
        return await _confirm(visit, Faults(done.problems), 422)
    return visit.go(f"/motions/{visit.part('id')}", said=word)


async def _found(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = (await visit.ask("Motion", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


async def _about(visit: Visit, found: dict[str, Any]) -> Any:
    """What it would be done to, as far as the viewer may see it."""
    return (await visit.ask("About", id=found["aboutId"]))["node"]


async def _confirm(visit: Visit, faults: Faults, status: int = 200) -> Response:
    if visit.part("deed") not in DEEDS:
        raise Stop(NOT_THERE)
    found = await _found(visit)
    about = await _about(visit, found)
    return visit.page("confirm.html", status, found=found, about=about, word=visit.part("deed"), faults=faults)
