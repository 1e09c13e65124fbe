"""Awards: the list of a competition with its table, each award with its certificate, and how they are given and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop, Told
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("awards")


@screen.shows("/competitions/{id}/awards", public=True)
async def awards(visit: Visit) -> Response:
    kind = visit.one_of("AwardKind", visit.query("kind"))
    told = await visit.ask("Awards", competition=visit.part("id"), kind=kind, after=visit.query("after"))
    found = told.need("competition")
    overseen = await _overseen(visit, visit.part("id"))
    final = [each["stage"] for each in overseen["results"] if each["status"] == "FINAL"]
    return visit.page(
        "page.html",
        told=told,
        found=found,
        kind=kind,
        table=await visit.ask("Table", competition=visit.part("id")),
        stages=final,
        overseen=overseen,
    )


@screen.shows("/awards/{id}", public=True)
async def award(visit: Visit) -> Response:
    told = await visit.ask("Award", id=visit.part("id"))
    found = _needed(told)
    overseen = await _overseen(visit, found["competition"]["id"])
    return visit.page("award.html", found=found, overseen=overseen)


@screen.shows("/awards/{id}/withdraw")
async def ask_to_withdraw(visit: Visit) -> Response:
    return await _withdrawal(visit, Faults())


@screen.does("/awards/{id}/withdraw")
async def withdraw(visit: Visit) -> Response:
    """Moves to withdraw it; a supervisor signs that motion."""
    ground = visit.one_of("WithdrawalGround", visit.typed("ground"))
    if ground is None:
        return await _withdrawal(visit, Faults(), 422, groundless=True)
    done = await visit.do("WithdrawAward", awardId=visit.part("id"), ground=ground, reason=visit.typed("reason"))
    if done.problems:
        return await _withdrawal(visit, Faults(done.problems), 422)
    return visit.go(f"/motions/{done.payload['motion']['id']}")


@screen.shows("/stages/{id}/grant")
async def ask_to_grant(visit: Visit) -> Response:
    return await _granting(visit, await _stage(visit), Faults())


@screen.does("/stages/{id}/grant")
async def grant(visit: Visit) -> Response:
    stage = await _stage(visit)
    done = await visit.do("GrantAwards", stageId=visit.part("id"), unprinted=bool(visit.typed("unprinted")))
    if done.problems:
        return await _granting(visit, stage, Faults(done.problems), 422)
    return visit.go(f"/competitions/{stage['competition']['id']}/awards", said="granted")


@screen.shows("/competitions/{id}/grant")
async def ask_to_grant_organizations(visit: Visit) -> Response:
    return await _granting(visit, None, Faults())


@screen.does("/competitions/{id}/grant")
async def grant_organizations(visit: Visit) -> Response:
    given = {"competitionId": visit.part("id"), "unprinted": bool(visit.typed("unprinted"))}
    done = await visit.do("GrantOrganizationAwards", **given)
    if done.problems:
        return await _granting(visit, None, Faults(done.problems), 422)
    return visit.go(f"/competitions/{visit.part('id')}/awards", said="granted")


async def _overseen(visit: Visit, competition: str) -> dict[str, Any]:
    """The motions that wait and the results, for those who run or supervise the competition; nothing for anybody else."""
    told = await visit.ask("Motions", competition=competition) if visit.identity else None
    motions = told["motions"] if told else None
    return {"motions": motions, "results": told["results"]["nodes"] if told and motions and told["results"] else []}


def _needed(told: Told) -> dict[str, Any]:
    found: dict[str, Any] = told.need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


async def _stage(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = (await visit.ask("Stage", id=visit.part("id"))).need("stage")
    return found


async def _withdrawal(visit: Visit, faults: Faults, status: int = 200, *, groundless: bool = False) -> Response:
    found = _needed(await visit.ask("Award", id=visit.part("id")))
    return visit.page("withdraw.html", status, found=found, faults=faults, groundless=groundless)


async def _granting(visit: Visit, stage: Mapping[str, Any] | None, faults: Faults, status: int = 200) -> Response:
    """For a stage, or for the organisations of a whole competition."""
    told = None if stage else await visit.ask("Competition", id=visit.part("id"))
    competition = stage["competition"] if stage else told.need("competition") if told else None
    return visit.page("grant.html", status, stage=stage, competition=competition, faults=faults)
