"""Roles: the secretariat takes in a second person, who takes over, hands back, and whose role then ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.cast import SECRETARY, Cast, representative
from tests.handbook.stage import Play, plain

DEPUTY, NEWCOMER = "media-deputy", "media-newcomer"


def give_and_take(play: Play, cast: Cast) -> None:
    scope = {"role": "SECRETARIAT", "scopeType": "ALLIANCE", "scopeId": plain(cast.alliance)}
    play.do("GrantRole", SECRETARY, person=f"persona:{DEPUTY}", **scope)
    held = play.ask("Viewer", DEPUTY)
    assert [(grant["role"], grant["scopeId"]) for grant in held["grants"]] == [("SECRETARIAT", scope["scopeId"])]
    assert [each["id"] for each in held["alliances"]] == [cast.alliance]
    play.do("RevokeRole", SECRETARY, person=f"persona:{DEPUTY}", **scope)
    assert play.ask("Viewer", DEPUTY)["grants"] == []
    hand_over(play, cast, scope)
    invite(play, cast, scope)
    end(play, cast, scope)
    own = play.ask("Viewer", representative("quzhou"))["organizations"]
    assert [each["id"] for each in own] == [cast.organizations["quzhou"]]


def hand_over(play: Play, cast: Cast, scope: dict[str, Any]) -> None:
    """The last of the secretariat cannot go, but hands over, and gets the role back in the same way."""
    assert play.refused("RevokeRole", SECRETARY, person=f"persona:{SECRETARY}", **scope) == ["LAST_HOLDER"]
    play.do("HandOverRole", SECRETARY, person=f"persona:{DEPUTY}", **scope)
    [holder] = holders(play, cast, DEPUTY)
    assert (holder["person"], holder["scope"]["id"]) == (f"persona:{DEPUTY}", cast.alliance)
    assert [(ground["kind"], ground["givenBy"]) for ground in holder["grounds"]] == [
        ("HANDOVER", f"persona:{SECRETARY}")
    ]
    assert [ground["givenByName"] for ground in holder["grounds"]] == ["Wang"]
    play.do("HandOverRole", DEPUTY, person=f"persona:{SECRETARY}", **scope)


def invite(play: Play, cast: Cast, scope: dict[str, Any]) -> None:
    """Two are invited; one accepts at sign-in and is known by name, the other's invitation is taken back."""
    wanted, other = (
        play.do("InviteToRole", SECRETARY, nameZh=name, **scope)["roleInvitation"] for name in ("赵新", "钱新")
    )
    assert play.do("AcceptRole", NEWCOMER, code=wanted["code"])["grant"]["scope"]["id"] == cast.alliance
    assert play.refused("AcceptRole", DEPUTY, code=wanted["code"]) == ["ROLE_INVITATION_VOID"]
    where = {"scopeType": "ALLIANCE", "scopeId": scope["scopeId"]}
    assert [each["nameZh"] for each in play.pages("RoleInvitations", NEWCOMER, **where)] == ["钱新"]
    again = {"roleInvitationId": other["id"], "address": "qian@example.org"}
    assert play.do("ResendRoleInvitation", SECRETARY, **again)["roleInvitation"]["posted"]
    play.do("WithdrawRoleInvitation", SECRETARY, roleInvitationId=other["id"])
    assert play.ask("Me", NEWCOMER)["name"] == "赵新"
    play.do("RevokeRole", SECRETARY, person=f"persona:{NEWCOMER}", **scope)


def end(play: Play, cast: Cast, scope: dict[str, Any]) -> None:
    """A role that is given until a day ends on it."""
    until = play.now + timedelta(days=3)
    play.do("GrantRole", SECRETARY, person=f"persona:{DEPUTY}", until=until.isoformat(), **scope)
    play.wait_for(until)
    play.until(lambda: len(holders(play, cast, SECRETARY)) == 1, "the role did not end")


def holders(play: Play, cast: Cast, viewer: str) -> list[Any]:
    return play.pages("Holders", viewer, scopeType="ALLIANCE", scopeId=plain(cast.alliance))
