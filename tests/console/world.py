"""World: what stands in the hub of these tests."""

from __future__ import annotations

from dataclasses import dataclass

from tests.running.client import Client

OFFICE, SECRETARY, COLLEGE, APPLICANT = "hub-office", "secretariat", "quzhou-college", "huangshan-university"


@dataclass
class World:
    """Ids as the graph gives them; organisations and memberships by the persona who represents them."""

    alliance: str
    organizations: dict[str, str]
    memberships: dict[str, str]
    competition: str
    entry: str
    phase: str = ""


def entered(college: Client, world: World, **answers: str) -> str | None:
    """The id of an entry, if it is taken: events hears of organisations and who represents them by messages."""
    found = college.ask("query($id: ID!) { competition(id: $id) { tracks { id } } }", id=world.competition)
    payload = college.payload(
        "submitEntry",
        "entry { id }",
        trackId=found["competition"]["tracks"][0]["id"],
        organizationId=world.organizations[COLLEGE],
        contestant="赵六",
        answers=[{"key": key, "value": value} for key, value in answers.items()],
    )
    return str(payload["entry"]["id"]) if payload["entry"] else None
