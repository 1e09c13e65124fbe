"""Plans in the graph: a text is previewed and imported, and read back at a cost that does not grow with the rows."""

from __future__ import annotations

from typing import Any

import httpx

from tests.gateway.counted import CountedHub, ask
from tests.services.projects.planning.plans.writing import PLAN, PROSE, plan_of

PREVIEW = """mutation($text: String!) { previewPlan(input: {text: $text}) { problems { code }
  preview { isPlan title sections { title } items { text responsibleUnits targets { value unit dueYear } line }
            doubts { code line text } doubtsDigest } } }"""
IMPORT = """mutation($input: ImportPlanInput!) { importPlan(input: $input) {
  plan { id title year region { name } } problems { code field message } } }"""
PLANS = """query($first: Int!) { plans(first: $first) { nodes { title sections(first: 2) { nodes { title } }
  workItems(first: 2) { nodes { text plan { title } section { title parent { title } } parent { key }
    responsibleUnits targets { quote } } pageInfo { hasNextPage } } } } }"""
PAGE = """query($plan: ID!, $after: String) { plan(id: $plan) { workItems(first: 3, after: $after) {
  nodes { key } pageInfo { hasNextPage endCursor } } } }"""
ITEMS = "query($plan: ID, $unit: String) { workItems(plan: $plan, unit: $unit) { nodes { id key } } }"
ITEM = "共建联合实验室，到2025年建成4个。(责任单位：黄山学院)"


async def import_plan(client: httpx.AsyncClient, text: str, **given: Any) -> Any:
    answer = (await ask(client, IMPORT, input={"text": text, "public": True, **given}))["importPlan"]
    assert answer["problems"] == []
    return answer["plan"]


async def test_a_text_is_previewed_with_its_doubts_and_then_imported(counted: CountedHub) -> None:
    async with counted.client() as client:
        preview = (await ask(client, PREVIEW, text=PLAN))["previewPlan"]["preview"]
        plan = await import_plan(client, PLAN, region="340000", confirmedDoubts=preview["doubtsDigest"])
        found = (await ask(client, ITEMS, plan=plan["id"], unit="黄山学院"))["workItems"]["nodes"]

    assert (preview["isPlan"], preview["title"]) == (True, plan["title"])
    assert preview["items"][1] == {
        "text": "建设联合职业教育集团，到2025年建成4个。",
        "responsibleUnits": ["职成处", "黄山学院", "各市教育局"],
        "targets": [{"value": 4.0, "unit": "个", "dueYear": 2025}],
        "line": 6,
    }
    assert {"comparator_inferred", "no_responsible_unit"} <= {doubt["code"] for doubt in preview["doubts"]}
    assert (plan["year"], plan["region"]) == (2025, {"name": "安徽省"})
    assert [item["key"] for item in found] == ["2.1.1"]


async def test_a_text_that_is_no_plan_is_a_problem_of_the_field(counted: CountedHub) -> None:
    async with counted.client() as client:
        answer = (await ask(client, IMPORT, input={"text": PROSE, "public": True}))["importPlan"]

    assert answer["plan"] is None
    assert [(problem["code"], problem["field"]) for problem in answer["problems"]] == [("NOT_A_PLAN", "text")]
    assert "工作要点" in answer["problems"][0]["message"]


async def test_a_visitor_reads_public_plans_only(counted: CountedHub) -> None:
    async with counted.client() as client:
        public = await import_plan(client, PLAN)
        hidden = await import_plan(client, plan_of([ITEM] * 3), public=False)
        document = "query($a: ID!, $b: ID!) { plans { nodes { id } } nodes(ids: [$a, $b]) { id } }"
        variables = {"a": public["id"], "b": hidden["id"]}
        seen = (await client.post("/graphql", json={"query": document, "variables": variables})).json()["data"]

    assert seen == {"plans": {"nodes": [{"id": public["id"]}]}, "nodes": [{"id": public["id"]}, None]}


async def test_the_items_of_a_plan_are_read_page_by_page(counted: CountedHub) -> None:
    async with counted.client() as client:
        plan = await import_plan(client, plan_of([ITEM] * 5))
        first = (await ask(client, PAGE, plan=plan["id"]))["plan"]["workItems"]
        second = (await ask(client, PAGE, plan=plan["id"], after=first["pageInfo"]["endCursor"]))["plan"]["workItems"]

    assert [item["key"] for item in first["nodes"] + second["nodes"]] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


async def test_a_page_of_plans_takes_as_many_calls_and_statements_for_three_as_for_one(counted: CountedHub) -> None:
    async with counted.client() as client:
        for city in ("甲市", "乙市", "丙市"):
            await import_plan(client, plan_of([ITEM] * 3, name=city))
        costs = []
        for first in (1, 3):
            counted.reset()
            page = (await ask(client, PLANS, first=first))["plans"]["nodes"]
            assert [len(plan["workItems"]["nodes"]) for plan in page] == [2] * first
            costs.append((list(counted.calls), len(counted.statements)))

    assert costs[0] == costs[1]
    assert len(costs[0][0]) <= 3, costs[0]
