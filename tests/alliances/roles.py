"""Roles: the secretariat takes in a second person and lets them go again."""

from __future__ import annotations

from tests.alliances.cast import SECRETARY, Cast
from tests.handbook.stage import Play, plain

DEPUTY = "media-deputy"


def give_and_take(play: Play, cast: Cast) -> None:
    scope = {"role": "SECRETARIAT", "scopeType": "ALLIANCE", "scopeId": plain(cast.alliance)}
    play.do("GrantRole", SECRETARY, person=f"persona:{DEPUTY}", **scope)
    held = play.ask("Viewer", DEPUTY)["grants"]
    assert [(grant["role"], grant["scopeId"]) for grant in held] == [("SECRETARIAT", scope["scopeId"])]
    play.do("RevokeRole", SECRETARY, person=f"persona:{DEPUTY}", **scope)
    assert play.ask("Viewer", DEPUTY)["grants"] == []
