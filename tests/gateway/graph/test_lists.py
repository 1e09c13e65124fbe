"""Lists in the graph: from either end, in an order, counted on demand, at a cost that does not grow with rows."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.browsing import MOST_COUNTED
from gateway.graph.relay import to_global_id
from kit.ids import new_id
from tests.gateway.counted import CountedHub, ask
from tests.gateway.scripted import ScriptedGateway, ScriptedServices
from tests.gateway.test_page_costs import fill

PAGE = "totalCount totalCountIsExact pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
REGISTER = f"""query($first: Int, $after: String, $last: Int, $before: String, $order: ByAge, $search: String) {{
  organizations(first: $first, after: $after, last: $last, before: $before, orderBy: $order, search: $search) {{
    nodes {{ nameZh }} {PAGE} }} }}"""
MEMBERS = f"""query($alliance: ID!, $order: ByAge) {{
  members(alliance: $alliance, last: 2, orderBy: $order) {{ nodes {{ organization {{ nameZh }} }} {PAGE} }} }}"""
NESTED = """query($first: Int!) { alliances(first: $first) { totalCount nodes { id
  members(last: 2) { nodes { organization { nameZh } } totalCount totalCountIsExact
                     pageInfo { hasPreviousPage hasNextPage } } } } }"""
TWICE = "{ organizations { nodes { nameZh } } organizations(last: 1, first: 1) { nodes { nameZh } } }"
NAMES = [f"大学{number}" for number in range(5)]


def names(page: Any) -> list[str]:
    return [node.get("organization", node)["nameZh"] for node in page["nodes"]]


async def test_a_list_is_read_from_either_end_and_in_either_order_and_counted(counted: CountedHub) -> None:
    async with counted.client() as client:
        await fill(client, alliances=2, members=5)
        register = lambda **which: ask(client, REGISTER, None, **which)  # noqa: E731 - reads as the question it is
        first = (await register(first=2))["organizations"]
        last = (await register(last=2))["organizations"]
        between = (await register(last=2, before=last["pageInfo"]["startCursor"]))["organizations"]
        newest = (await register(first=3, order="NEWEST"))["organizations"]
        found = (await register(search="大学3"))["organizations"]
        alliances = (await ask(client, NESTED, None, first=2))["alliances"]
        ids = [node["id"] for node in alliances["nodes"]]
        members = [(await ask(client, MEMBERS, None, alliance=ids[0], order=order))["members"] for order in _ORDERS]

    assert [names(each) for each in (first, last, between, newest, found)] == [
        NAMES[:2],
        NAMES[3:],
        NAMES[1:3],
        NAMES[:1:-1],
        NAMES[3:4],
    ]
    assert [_ends(each) for each in (first, last, between)] == [(False, True), (True, False), (True, True)]
    assert {(each["totalCount"], each["totalCountIsExact"]) for each in (first, last, between, newest)} == {(5, True)}
    assert (found["totalCount"], found["totalCountIsExact"]) == (1, True)
    assert [names(each) for each in members] == [NAMES[3:], NAMES[1::-1]]
    assert [each["totalCount"] for each in members] == [5, 5]
    assert alliances["totalCount"] == 2
    assert [(names(each["members"]), each["members"]["totalCount"]) for each in alliances["nodes"]] == [
        (NAMES[3:], 5),
        (NAMES[3:], 5),
    ]
    assert [_ends(each["members"]) for each in alliances["nodes"]] == [(True, False)] * 2


_ORDERS = ("OLDEST", "NEWEST")


def _ends(page: Any) -> tuple[bool, bool]:
    return page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"]


async def test_to_count_costs_one_call_a_list_however_many_rows_are_shown(counted: CountedHub) -> None:
    async with counted.client() as client:
        await fill(client, alliances=3, members=2)
        costs = []
        for first in (1, 3):
            counted.reset()
            await ask(client, NESTED, first=first)
            costs.append((list(counted.calls), len(counted.statements)))

    (calls, statements), more = costs
    assert (calls, statements) == more
    assert calls == ["alliances.alliances", "alliances.first_members"] * 2  # the pages, and then their numbers


def scripted(**page: Any) -> ScriptedServices:
    node = {"id": new_id(), "name_zh": "学校", "name_en": "School"}

    def organizations(request: Any) -> dict[str, Any]:
        if request.arguments.get("counted"):
            return {"nodes": [], "cursors": [], "has_next": False, "total": MOST_COUNTED, "more": True}
        return {"nodes": [node], "cursors": ["c"], "has_next": True, **page}

    return ScriptedServices(alliances__organizations=organizations)


async def test_what_is_longer_than_one_counts_says_so_and_nothing_is_counted_that_nobody_asks_for() -> None:
    services = scripted()
    gateway = ScriptedGateway(services)

    plain = await gateway.answer("{ organizations { nodes { nameZh } } }")
    both = await gateway.answer("{ organizations { totalCount totalCountIsExact } }")

    assert plain == {"data": {"organizations": {"nodes": [{"nameZh": "学校"}]}}}
    assert both == {"data": {"organizations": {"totalCount": MOST_COUNTED, "totalCountIsExact": False}}}
    assert services.calls == ["alliances.organizations"] * 3  # a page, a page, a number for both fields


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ('last: 1, after: "c"', "INVALID", "last"),
        ('first: 1, before: "c"', "INVALID", "before"),
        ('last: 1, search: "学"', "NOT_WITH_SEARCH", "last"),
        ('search: "学", orderBy: NEWEST', "NOT_WITH_SEARCH", "orderBy"),
        ('last: 1, before: "c"', "INVALID", "before"),
    ],
)
async def test_what_cannot_be_together_is_refused(counted: CountedHub, arguments: str, code: str, field: str) -> None:
    document = f"{{ organizations({arguments}) {{ nodes {{ nameZh }} }} }}"

    async with counted.client() as client:
        response = await client.post("/graphql", json={"query": document})

    [error] = response.json()["errors"]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == (code, field)


async def test_an_id_of_another_type_is_refused_by_the_type_that_is_wanted_and_no_service_is_asked() -> None:
    services = scripted()
    gateway = ScriptedGateway(services)
    plan, nothing = to_global_id("Plan", new_id()), "nothing"

    errors = []
    for id_ in (plan, nothing):
        for document in ('{ members(alliance: "%s") { totalCount } }', '{ project(id: "%s") { title } }'):
            errors += (await gateway.answer(document % id_))["errors"]

    assert [(each["extensions"]["field"], each["extensions"]["code"]) for each in errors] == [
        ("alliance", "OF_ANOTHER_TYPE"),
        ("id", "OF_ANOTHER_TYPE"),
    ] * 2
    assert ["type Alliance" in each["message"] for each in errors] == [True, False] * 2
    assert services.calls == []
