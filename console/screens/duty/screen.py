"""Duty: what the hub office looks after: what was given up on, e-mails, jobs, and who holds which role."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from console.answers import NOT_THERE, Stop
from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("duty")
LISTS = ("parked", "settled", "deliveries", "jobs", "holders")
LONGEST_ID = 200
"""Of what an address names a thing by: what is longer is none of ours."""


@dataclass(frozen=True)
class Deed:
    """What is done about a thing of a list: its mutation, the input that names the thing, and whether it wants a reason."""

    word: str
    list: str
    operation: str
    names: str
    reason: bool | None = None
    grave: bool = False


DEEDS = {
    deed.word: deed
    for deed in (
        Deed("retry", "parked", "RetryParked", "reference", reason=False),
        Deed("discard", "parked", "DiscardParked", "reference", reason=True, grave=True),
        Deed("resend", "deliveries", "ResendDelivery", "deliveryId", reason=False),
        Deed("stop", "jobs", "StopJob", "jobId", grave=True),
    )
}
"""`reason` is None where the schema takes none."""


@screen.shows("/duty")
async def duty(visit: Visit) -> Response:
    told = await visit.ask("Duty")
    if all(told[part] is None for part in ("parked", "deliveries", "jobs")):
        told.need("parked")
    return visit.page("page.html", told=told, lists=LISTS)


@screen.shows("/duty/parked")
async def parked(visit: Visit) -> Response:
    kind = visit.one_of("ParkedKind", visit.query("kind"))
    told = await visit.ask("Parked", kind=kind, after=visit.query("after"))
    return _list(visit, "parked", found=told.need("parked"), which=kind)


@screen.shows("/duty/settled")
async def settled(visit: Visit) -> Response:
    told = await visit.ask("Settled", after=visit.query("after"))
    return _list(visit, "settled", found=told.need("parkedSettlements"))


@screen.shows("/duty/deliveries")
async def deliveries(visit: Visit) -> Response:
    state = visit.one_of("DeliveryState", visit.query("state"))
    told = await visit.ask("Deliveries", state=state, after=visit.query("after"))
    return _list(visit, "deliveries", found=told.need("deliveries"), which=state)


@screen.shows("/duty/jobs")
async def jobs(visit: Visit) -> Response:
    failed = "failed" if visit.query("failed") else None
    told = await visit.ask("Jobs", failed=True if failed else None, after=visit.query("after"))
    return _list(visit, "jobs", found=told.need("jobs"), which=failed)


@screen.shows("/duty/holders")
async def holders(visit: Visit) -> Response:
    """Those of the hub itself, or of a province by its code."""
    province = visit.query("province")
    scope = {"scopeType": "PROVINCE", "scopeId": province} if province else {"scopeType": "HUB", "scopeId": "hub"}
    told = await visit.ask("Holders", **scope, after=visit.query("after"))
    return _list(visit, "holders", found=told.need("holders"), which=province)


@screen.shows("/duty/{list}/{deed}")
async def confirm(visit: Visit) -> Response:
    deed, thing = _deed(visit), visit.query("thing")
    if not thing or len(thing) > LONGEST_ID:
        raise Stop(NOT_THERE)
    (await visit.ask("Duty")).need(deed.list)  # the form is for those who may look at the list
    return visit.page("confirm.html", deed=deed, thing=thing, faults=Faults())


@screen.does("/duty/{list}/{deed}")
async def carry_out(visit: Visit) -> Response:
    deed, thing = _deed(visit), visit.typed("thing")
    reason = {} if deed.reason is None else given(reason=visit.typed("reason"))
    if deed.reason:
        reason = {"reason": visit.typed("reason")}
    done = await visit.do(deed.operation, **{deed.names: thing}, **reason)
    if done.problems:
        return visit.page("confirm.html", 422, deed=deed, thing=thing, faults=Faults(done.problems))
    return visit.go(f"/duty/{deed.list}", said=deed.word)


def _list(visit: Visit, name: str, /, **said: object) -> Response:
    return visit.page(f"{name}.html", lists=LISTS, list=name, **{"which": None, **said})


def _deed(visit: Visit) -> Deed:
    deed = DEEDS.get(visit.part("deed"))
    if not deed or deed.list != visit.part("list"):
        raise Stop(NOT_THERE)
    return deed
