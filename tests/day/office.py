"""Hub office: knows who holds what, and sends a letter again."""

from __future__ import annotations

from typing import Any

from tests.day.stage import Day, Task
from tests.day.world import COLLEAGUE, OFFICE, SUCCESSOR, World
from tests.handbook.stage import plain
from tests.running import season

ADDRESS = "new-colleague@example.org"
READER = "stuck-reader"


def send_again(day: Day, world: World) -> None:
    """An invitation to a role whose letter did not arrive; those with a code have a command of their own."""
    scope = {"scopeType": "ALLIANCE", "scopeId": plain(world.alliance)}
    invited = {"nameZh": "赵新", "role": "SECRETARIAT", "address": ADDRESS, "language": "ZH_CN"}
    with day.beside():
        letter = day.do("InviteToRole", OFFICE, **invited, **scope)["roleInvitation"]
        day.until(lambda: _letters(day) == 1, "the first letter did not come")
    [stands] = [each for each in day.ask("RoleInvitations", OFFICE, **scope)["nodes"] if each["status"] == "OPEN"]
    assert stands["id"] == letter["id"]
    day.do("ResendRoleInvitation", OFFICE, roleInvitationId=letter["id"])

    day.until(lambda: _letters(day) == 2, "the letter was not sent again")


def _letters(day: Day) -> int:
    return len(day.hub.mail.mails_to(ADDRESS))


def see_what_is_stuck(day: Day, world: World) -> None:
    """An e-mail that the mail server refused for good; all services are asked, and none is missing."""
    with day.beside():
        season.register(day.hub, READER)
        day.hub.mail.refuse(550)
        granted = {"person": f"persona:{READER}", "role": "PROVINCE_OFFICE", "scopeType": "PROVINCE"}
        day.client(OFFICE).do("grantRole", **granted, scopeId="340000")
    stuck = day.until(lambda: _stuck(day), "nothing is stuck")

    assert (stuck["service"], stuck["kind"], stuck["fault"]) == ("notify", "DELIVERY", "550")
    world.made["stuck"] = stuck["reference"]


def send_again_what_is_stuck(day: Day, world: World) -> None:
    day.hub.mail.behave()
    day.do("RetryParked", OFFICE, reference=world.made["stuck"], reason="邮件服务器已恢复")

    day.until(lambda: day.hub.mail.mails_to(f"{READER}@example.org"), "it was not sent again")
    [settled] = day.look("ParkedSettlements", OFFICE)["nodes"]
    assert (settled["reference"], settled["actor"]) == (world.made["stuck"], f"persona:{OFFICE}")


def _stuck(day: Day) -> Any:
    page = day.ask("Parked", OFFICE)
    assert page["missing"] == []
    return next((each for each in page["nodes"] if each["kind"] == "DELIVERY"), None)


def see_who_holds_what(day: Day, world: World) -> None:
    scope = {"scopeType": "ALLIANCE", "scopeId": plain(world.alliance)}
    found = day.ask("Holders", OFFICE, **scope)["nodes"]

    held = {each["person"]: each["role"] for each in found}
    assert held == {f"persona:{person}": "SECRETARIAT" for person in (COLLEAGUE, SUCCESSOR)}
    for person in held:
        own = day.look("Viewer", person.removeprefix("persona:"))["alliances"]
        assert [each["id"] for each in own] == [world.alliance]


TASKS = (
    Task("hub office", "send a letter again", "alliances.md#invitations", send_again),
    Task("hub office", "see what is stuck", "operations.md#in-the-graph", see_what_is_stuck),
    Task("hub office", "send again what is stuck", "operations.md#in-the-graph", send_again_what_is_stuck),
    Task("hub office", "see who holds what", "alliances.md#who-holds-what", see_who_holds_what),
)
