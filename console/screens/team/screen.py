"""Team: who runs an alliance: the role is given, by invitation too, handed over and taken back, each on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql_relay import from_global_id
from starlette.responses import Response

from console.answers import NOT_THERE, Problem, Stop, Told
from console.forms import Faults, given
from console.screen import Screen
from console.visit import Visit

screen = Screen("team")
ROLE = "SECRETARIAT"
LONGEST_ID = 200
"""Of what an address names a person or an invitation by: what is longer is none of ours."""


@dataclass(frozen=True)
class Deed:
    """Something that can be done about the team: its mutation, the fields it asks for, and what it is about.

    `thing` is the input that names the person or the invitation which the page of the team leads here with.
    """

    word: str
    operation: str
    asks: tuple[str, ...] = ()
    thing: str = ""
    grave: bool = False
    on_role: bool = True


DEEDS = {
    deed.word: deed
    for deed in (
        Deed("invite", "InviteToRole", ("nameZh", "nameEn", "address", "language", "until")),
        Deed("grant", "GrantRole", ("person", "until")),
        Deed("hand_over", "HandOverRole", ("person",), grave=True),
        Deed("revoke", "RevokeRole", thing="person", grave=True),
        Deed("withdraw", "WithdrawRoleInvitation", thing="roleInvitationId", grave=True, on_role=False),
    )
}
REQUIRED = ("nameZh", "person")


@screen.shows("/registry/alliances/{id}/team")
async def team(visit: Visit) -> Response:
    told = await _told(visit)
    viewer = told.need("viewer")
    holds = any(each["id"] == told["alliance"]["id"] for each in viewer["alliances"])
    office = any(each["role"] == "HUB_OFFICE" for each in viewer["grants"])
    offered = [word for word in ("invite", "grant") if holds or office] + ["hand_over"] * holds
    return visit.page("page.html", told=told, alliance=told["alliance"], found=told["holders"], offered=offered)


@screen.shows("/registry/alliances/{id}/team/{deed}")
async def confirm(visit: Visit) -> Response:
    deed, thing = _deed(visit), visit.query("thing") or ""
    if bool(thing) != bool(deed.thing) or len(thing) > LONGEST_ID:
        raise Stop(NOT_THERE)
    return _form(visit, deed, thing, await _told(visit))


@screen.does("/registry/alliances/{id}/team/{deed}")
async def carry_out(visit: Visit) -> Response:
    deed, thing = _deed(visit), visit.typed("thing")
    on = {"role": ROLE, "scopeType": "ALLIANCE", "scopeId": _plain_id(visit)} if deed.on_role else {}
    named = {deed.thing: thing} if deed.thing else {}
    done = await visit.do(deed.operation, **on, **named, **_typed(visit, deed))
    if done.problems:
        return _form(visit, deed, thing, await _told(visit), done.problems)
    told = await visit.ask("Team", id=visit.part("id"), scopeId=_plain_id(visit))
    lost = told["holders"] is None  # who gave their own role away sees the team no more
    return visit.go("/mine") if lost else visit.go(f"/registry/alliances/{visit.part('id')}/team", said=deed.word)


def _form(visit: Visit, deed: Deed, thing: str, told: Told, problems: tuple[Problem, ...] = ()) -> Response:
    said = {
        "alliance": told["alliance"],
        "deed": deed,
        "thing": thing,
        "name": _name(told, thing),
        "required": REQUIRED,
    }
    return visit.page("form.html", 422 if problems else 200, **said, faults=Faults(problems))


async def _told(visit: Visit) -> Told:
    """Raises Stop where there is no such alliance, or who runs it is not open to the viewer."""
    told = await visit.ask("Team", id=visit.part("id"), scopeId=_plain_id(visit), after=visit.query("after"))
    told.need("alliance")
    told.need("holders")
    return told


def _plain_id(visit: Visit) -> str:
    """The id of the alliance as a scope names it: what stands after the colon in its opaque one."""
    try:
        found = from_global_id(visit.part("id"))
    except ValueError:
        raise Stop(NOT_THERE) from None
    if found.type != "Alliance":
        raise Stop(NOT_THERE)
    return found.id


def _deed(visit: Visit) -> Deed:
    if visit.part("deed") not in DEEDS:
        raise Stop(NOT_THERE)
    return DEEDS[visit.part("deed")]


def _name(told: Told, thing: str) -> str:
    """What the person or the invited one is called; what the address says where the page of the team has them not."""
    people = {each["person"]: each["personName"] for each in told["holders"]["nodes"]}
    invitations: Mapping[str, Any] = told["roleInvitations"] or {"nodes": []}
    invited = {each["id"]: each["nameZh"] for each in invitations["nodes"]}
    return people.get(thing) or invited.get(thing) or thing


def _typed(visit: Visit, deed: Deed) -> dict[str, str]:
    """What the input takes: what is required also where it is empty, so that its field is said; a day to its very end."""
    typed = {name: visit.typed(name) for name in deed.asks}
    if typed.get("until"):
        typed["until"] += "T23:59:59+08:00"
    return {**{name: typed[name] for name in deed.asks if name in REQUIRED}, **given(**typed)}
