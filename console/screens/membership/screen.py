"""Membership: one member with what was done about them, and what can be done: asked for, confirmed, then done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Stop, Told, field_of
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("membership")


@dataclass(frozen=True)
class Deed:
    """Something that can be done about a member: the word for it, its mutation, whether it wants a reason, and its weight."""

    word: str
    operation: str
    reason: bool = False
    grave: bool = False

    @property
    def name(self) -> str:
        """As the schema lists it under `actions`."""
        return field_of(self.operation)


DEEDS = (
    Deed("start_review", "StartReview"),
    Deed("admit_member", "AdmitMember"),
    Deed("return_application", "ReturnApplication", reason=True),
    Deed("decline_membership", "DeclineMembership", reason=True, grave=True),
    Deed("resume_member", "ResumeMember"),
    Deed("suspend_member", "SuspendMember", reason=True, grave=True),
    Deed("withdraw_invitation", "WithdrawInvitation", reason=True, grave=True),
)
BY_WORD = {deed.word: deed for deed in DEEDS}


@screen.shows("/registry/memberships/{id}")
async def membership(visit: Visit) -> Response:
    told = await visit.ask("Membership", id=visit.part("id"))
    found, viewer = _membership(told), told.need("viewer")
    manages = found["alliance"] in viewer["alliances"]
    return visit.page("page.html", found=found, deeds=_open(found), manages=manages)


@screen.shows("/registry/memberships/{id}/{deed}")
async def confirm(visit: Visit) -> Response:
    return visit.page("confirm.html", found=await _found(visit), deed=_deed(visit), faults=Faults())


@screen.does("/registry/memberships/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    deed = _deed(visit)
    reason = {"reason": visit.typed("reason")} if deed.reason else {}
    done = await visit.do(deed.operation, membershipId=visit.part("id"), **reason)
    if done.problems:
        found = await _found(visit)
        return visit.page("confirm.html", 422, found=found, deed=deed, faults=Faults(done.problems))
    return visit.go(f"/registry/memberships/{visit.part('id')}", said=deed.word)


async def _found(visit: Visit) -> dict[str, Any]:
    return _membership(await visit.ask("Membership", id=visit.part("id")))


def _membership(told: Told) -> dict[str, Any]:
    """The membership; raises Stop also where the id is of something else."""
    found: dict[str, Any] = told.need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


def _deed(visit: Visit) -> Deed:
    if visit.part("deed") not in BY_WORD:
        raise Stop(NOT_THERE)
    return BY_WORD[visit.part("deed")]


def _open(found: Mapping[str, Any]) -> list[Deed]:
    """What the viewer can do about it now."""
    allowed = {action["name"] for action in found["actions"] if action["allowed"]}
    return [deed for deed in DEEDS if deed.name in allowed]
