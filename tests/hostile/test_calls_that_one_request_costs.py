"""One request of a stranger costs the services a few calls, however many rows it asks about, and never more than the bound."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import fill

DAYS = 23
STANDINGS = " ".join(f'd{day}: statusOn(day: "2026-03-{day + 1:02}") {{ status }}' for day in range(DAYS))
ALLIANCES = "{ alliances(first: 3) { nodes { id members(first: 5) { nodes { id } pageInfo { endCursor } } } } }"
TEXTS = {
    "en": "The operation needs more than 10 questions to the services; ask for less at a time",
    "zh-CN": "此操作需要的内部查询超过 10 次；请减少一次查询的内容，分多次进行",
}


async def test_past_days_of_all_members_are_one_question(counted: CountedHub) -> None:
    document = f"{{ alliances(first: 3) {{ nodes {{ members(first: 5) {{ nodes {{ {STANDINGS} }} }} }} }} }}"
    async with counted.client() as client:
        await fill(client, alliances=3, members=5)
        counted.reset()

        page = (await ask(client, document))["alliances"]["nodes"]

    assert sum(len(each) for alliance in page for each in alliance["members"]["nodes"]) == 3 * 5 * DAYS
    assert counted.calls == ["alliances.alliances", "alliances.first_members", "alliances.membership_statuses_on"]
    assert sum("membership_steps" in statement for statement in counted.statements) == 1


async def test_a_visitor_is_refused_row_by_row_at_the_same_price(counted: CountedHub) -> None:
    document = f"{{ alliances(first: 3) {{ nodes {{ members(first: 5) {{ nodes {{ {STANDINGS} }} }} }} }} }}"
    async with counted.client() as client:
        await fill(client, alliances=1, members=2)
        counted.reset()

        body = await _asked(client, document)

    assert [error["extensions"]["code"] for error in body["errors"]] == ["SIGN_IN_REQUIRED"] * 2 * DAYS
    assert len(counted.calls) == 3


async def test_further_pages_of_several_lists_come_in_one_call(counted: CountedHub) -> None:
    async with counted.client() as client:
        await fill(client, alliances=3, members=3)
        first = (await ask(client, ALLIANCES))["alliances"]["nodes"][0]["members"]
        counted.reset()

        document = (
            "query($after: String!) { alliances(first: 3) { nodes { members(after: $after) { nodes { id } } } } }"
        )
        page = (await ask(client, document, after=first["pageInfo"]["endCursor"]))["alliances"]["nodes"]

    assert [len(alliance["members"]["nodes"]) for alliance in page] == [0, 3, 3]
    assert counted.calls == ["alliances.alliances", "alliances.first_members"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
async def test_more_calls_than_the_bound_are_not_made(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, language: str
) -> None:
    monkeypatch.setenv("HUB_OPERATION_CALLS", "10")
    counted: CountedHub = request.getfixturevalue("counted")
    async with counted.client() as client:
        await fill(client, alliances=1, members=1)
        cursor = (await ask(client, ALLIANCES))["alliances"]["nodes"][0]["members"]["pageInfo"]["endCursor"]
        rest = " ".join(f'm{n}: members(first: 1, after: "{cursor}{"=" * n}") {{ nodes {{ id }} }}' for n in range(20))
        counted.reset()

        body = await _asked(client, f"{{ alliances(first: 1) {{ nodes {{ {rest} }} }} }}", language)

    assert len([name for name in counted.calls if name != "alliances.batch"]) <= 10
    refused = [error for error in body["errors"] if error["extensions"]["code"] == "TOO_MANY_CALLS"]
    assert {error["message"] for error in refused} == {TEXTS[language]}
    assert {error["extensions"]["allowed"] for error in refused} == {10}


async def _asked(client: Any, document: str, language: str = "en") -> dict[str, Any]:
    headers = {"accept-language": language}
    body: dict[str, Any] = (await client.post("/graphql", json={"query": document}, headers=headers)).json()
    return body
