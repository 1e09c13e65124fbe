"""Demo: the hub as `make run` starts it, with what people in front of a browser need to have happened first."""

from __future__ import annotations

from itertools import count

from tests.console.world import APPLICANT, COLLEGE, OFFICE, SECRETARY, World, entered
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

PATIENCE = 60
MINE = "{ viewer { alliances { id } organizations { id } } }"
FIRST = "{ competitions(first: 1) { nodes { id } } }"
UNREAD = "{ notices(first: 2, unread: true) { nodes { id } } }"
_numbers = count(1)


def world_of(hub: RunningHub) -> World:
    """What the demo holds, with an application to the secretariat and an entry of the college."""
    college, applicant = Client(hub, COLLEGE), Client(hub, APPLICANT)
    [alliance] = Client(hub, SECRETARY).ask(MINE)["viewer"]["alliances"]
    [competition] = Client(hub).ask(FIRST)["competitions"]["nodes"]
    organizations = {
        name: client.ask(MINE)["viewer"]["organizations"][0]["id"]
        for name, client in ((COLLEGE, college), (APPLICANT, applicant))
    }
    pair = {"allianceId": alliance["id"], "organizationId": organizations[APPLICANT]}
    applied = applicant.do("applyForMembership", "membership { id }", **pair)["membership"]["id"]
    world = World(alliance["id"], organizations, {APPLICANT: applied}, competition["id"], "")
    world.entry = wait_until(
        lambda: entered(college, world), PATIENCE, "events does not know who represents the college"
    )
    return world


def registered(hub: RunningHub, representative: str = "") -> tuple[str, str]:
    """The id and the name of an organisation that nobody else has."""
    number = next(_numbers)
    name = f"长三角第{number}职业技术学院"
    by = {"representative": f"persona:{representative}"} if representative else {}
    kind = {"kind": "VOCATIONAL_COLLEGE", "region": "340000", "nameZh": name, "nameEn": f"College {number}"}
    return Client(hub, OFFICE).do("registerOrganization", "organization { id }", **kind, **by)["organization"][
        "id"
    ], name


def applied(hub: RunningHub, alliance: str) -> str:
    """The name of an organisation that waits for the secretariat's answer."""
    organization, name = registered(hub)
    Client(hub, OFFICE).do("applyForMembership", allianceId=alliance, organizationId=organization)
    return name


def told(hub: RunningHub, persona: str) -> None:
    """See to it that they have two notices that nobody has read."""
    for _ in range(2):
        registered(hub, persona)
    wait_until(lambda: len(Client(hub, persona).ask(UNREAD)["notices"]["nodes"]) == 2, PATIENCE, "nobody was told")
