"""What a page costs does not grow with its rows: so many calls, so many statements, whether it shows one row or fifty."""

from __future__ import annotations

from typing import Any

import httpx

from tests.gateway.counted import CountedHub, ask

PAGE = """query($first: Int!) { alliances(first: $first) { nodes { id name kind region { name }
  members(first: 5) { nodes { status organization { id name region { name } } } } } } }"""
REGISTER = (
    "mutation($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { organization { id } } }"
)
FOUND = "mutation($input: FoundAllianceInput!) { foundAlliance(input: $input) { alliance { id } } }"
CAN = """query($first: Int!) { alliances(first: $first) { nodes { actions { name allowed problems { code } }
  members(first: 5) { nodes { actions { name allowed } organization { actions { name allowed } } } } } } }"""
APPLY = "mutation($input: ApplyForMembershipInput!) { applyForMembership(input: $input) { membership { id } } }"
ADMIT = "mutation($input: AdmitMemberInput!) { admitMember(input: $input) { membership { id } problems { code } } }"


async def fill(client: httpx.AsyncClient, alliances: int, members: int, token: str = "office") -> None:
    """So many alliances with so many members each."""
    organizations = []
    for number in range(members):
        input_: dict[str, Any] = {"kind": "UNIVERSITY", "region": "340000", "nameZh": f"大学{number}", "nameEn": "U"}
        organizations.append(
            (await ask(client, REGISTER, token, input=input_))["registerOrganization"]["organization"]["id"]
        )
    for number in range(alliances):
        input_ = {"kind": "OTHER", "nameZh": f"联盟{number}", "nameEn": "A"}
        alliance = (await ask(client, FOUND, token, input=input_))["foundAlliance"]["alliance"]["id"]
        for organization in organizations:
            pair = {"allianceId": alliance, "organizationId": organization}
            membership = (await ask(client, APPLY, token, input=pair))["applyForMembership"]["membership"]["id"]
            await ask(client, ADMIT, token, input={"membershipId": membership})


async def test_a_page_of_alliances_with_their_members_takes_at_most_three_calls_and_four_statements(
    counted: CountedHub,
) -> None:
    async with counted.client() as client:
        await fill(client, alliances=3, members=5)
        costs = []
        for first in (1, 3):
            counted.reset()
            page = (await ask(client, PAGE, first=first))["alliances"]["nodes"]
            assert [len(alliance["members"]["nodes"]) for alliance in page] == [5] * first
            costs.append((list(counted.calls), len(counted.statements)))

    (calls, statements), more = costs
    assert (calls, statements) == more
    assert len(calls) <= 3
    assert statements <= 4, counted.statements


async def test_what_can_be_done_about_all_that_a_page_shows_takes_as_many_calls_as_about_one(
    counted: CountedHub,
) -> None:
    async with counted.client() as client:
        await fill(client, alliances=3, members=5)
        costs = []
        for first in (1, 3):
            counted.reset()
            page = (await ask(client, CAN, "office", first=first))["alliances"]["nodes"]
            members = [member for alliance in page for member in alliance["members"]["nodes"]]
            assert len(members) == 5 * first
            assert all(each["actions"] and each["organization"]["actions"] for each in members)
            assert all(each["actions"] for each in page)
            costs.append((sorted(counted.calls), len(counted.statements)))

    assert costs[0] == costs[1], counted.statements
