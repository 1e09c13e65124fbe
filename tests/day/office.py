"""Hub office: knows who holds what, and sends a letter again."""

from __future__ import annotations

from tests.day.stage import Day, Task
from tests.day.world import COLLEAGUE, OFFICE, SUCCESSOR, World
from tests.handbook.stage import plain

ADDRESS = "new-colleague@example.org"


def send_again(day: Day, world: World) -> None:
    """An invitation to a role whose letter did not arrive; other letters cannot be sent again through the graph."""
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
    Task("hub office", "see who holds what", "alliances.md#who-holds-what", see_who_holds_what),
)
