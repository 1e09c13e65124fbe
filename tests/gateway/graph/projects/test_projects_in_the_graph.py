"""Projects in the graph: organisations of two provinces open one from an item of a plan, and reach its milestones."""

from __future__ import annotations

from typing import Any

import httpx

from tests.gateway.counted import CountedHub, ask
from tests.services.projects.planning.plans.writing import PLAN

REGISTER = (
    "mutation($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { organization { id } } }"
)
IMPORT = """mutation($text: String!) { importPlan(input: {text: $text, public: true}) {
  plan { workItems { nodes { id text } } } } }"""
OPEN = """mutation($input: OpenProjectInput!) { openProject(input: $input) { problems { code field message }
  project { id title item { text } leadOrganization { name } participants { id }
            invitations { organization { id } status }
            milestones { id title dueOn reachedAt project { title } } } } }"""
REACH = """mutation($id: ID!) { reachMilestone(input: {milestoneId: $id}) {
  milestone { title reachedAt } problems { code } } }"""
PROJECTS = """query($first: Int!) { projects(first: $first) { nodes { title item { text } leadOrganization { name }
  participants { name } milestones { title } } } }"""
ACCEPT = """mutation($input: AcceptParticipationInput!) { acceptParticipation(input: $input) {
  project { participants { id } invitations { status } } problems { code } } }"""
ASKED = "{ projectInvitations { nodes { id title invitations { organization { id } } } } }"
PROJECT = "query($id: ID!) { project(id: $id) { title } node(id: $id) { id } }"


async def register(client: httpx.AsyncClient, name: str, region: str) -> str:
    """The id of an organisation that its person `lead` represents."""
    entry = {"kind": "UNIVERSITY", "region": region, "nameZh": name, "nameEn": "University", "representative": "lead"}
    id_: str = (await ask(client, REGISTER, input=entry))["registerOrganization"]["organization"]["id"]
    return id_


async def organizations(counted: CountedHub, client: httpx.AsyncClient) -> list[str]:
    """The ids of two organisations of different provinces, as soon as projects has heard of them."""
    ids = [await register(client, "上海师范大学", "310000"), await register(client, "黄山学院", "341000")]
    counted.hub.settle(60)
    return ids


async def open_project(client: httpx.AsyncClient, lead: str, *partners: str, **given: Any) -> Any:
    agreed = {"title": "联合培养", "leadOrganizationId": lead, "participantIds": list(partners), **given}
    return (await ask(client, OPEN, "lead", input=agreed))["openProject"]


async def accept(client: httpx.AsyncClient, project: str, organization: str) -> Any:
    given = {"projectId": project, "organizationId": organization}
    return (await ask(client, ACCEPT, "lead", input=given))["acceptParticipation"]


async def test_a_project_is_opened_from_an_item_and_its_milestone_reached(counted: CountedHub) -> None:
    async with counted.client() as client:
        lead, partner = await organizations(counted, client)
        item = (await ask(client, IMPORT, text=PLAN))["importPlan"]["plan"]["workItems"]["nodes"][1]
        milestones = [{"title": "签署协议", "dueOn": "2026-06-30"}]
        opened = await open_project(client, lead, partner, itemId=item["id"], milestones=milestones)
        project = opened["project"]
        reached = (await ask(client, REACH, "lead", id=project["milestones"][0]["id"]))["reachMilestone"]
        found = await ask(client, PROJECT, "lead", id=project["id"])
        asked = (await ask(client, ASKED, "lead"))["projectInvitations"]["nodes"]
        accepted = await accept(client, project["id"], partner)

    assert opened["problems"] == reached["problems"] == []
    assert (project["item"], project["leadOrganization"]) == ({"text": item["text"]}, {"name": "上海师范大学"})
    assert [participant["id"] for participant in project["participants"]] == [lead]
    assert project["invitations"] == [{"organization": {"id": partner}, "status": "INVITED"}]
    assert asked == [{"id": project["id"], "title": "联合培养", "invitations": [{"organization": {"id": partner}}]}]
    assert accepted == {"project": {"participants": [{"id": lead}, {"id": partner}], "invitations": []}, "problems": []}
    assert [{**milestone, "id": ""} for milestone in project["milestones"]] == [
        {"id": "", "title": "签署协议", "dueOn": "2026-06-30", "reachedAt": None, "project": {"title": "联合培养"}}
    ]
    assert reached["milestone"]["title"] == "签署协议" and reached["milestone"]["reachedAt"]
    assert found == {"project": {"title": "联合培养"}, "node": {"id": project["id"]}}


async def test_what_a_project_lacks_is_told_as_problems(counted: CountedHub) -> None:
    async with counted.client() as client:
        lead, _ = await organizations(counted, client)
        alone = await open_project(client, lead)
        astray = await open_project(client, lead, "bm9ib2R5")

    assert alone["problems"] == [
        {
            "code": "ONE_PROVINCE_ONLY",
            "field": "participantIds",
            "message": "合作项目的参与单位须来自至少 2 个省（市）。",
        }
    ]
    assert [(problem["code"], problem["field"]) for problem in astray["problems"]] == [
        ("OF_ANOTHER_TYPE", "participantIds")
    ]
    assert alone["project"] is astray["project"] is None


async def test_a_page_of_projects_takes_as_many_calls_and_statements_for_three_as_for_one(counted: CountedHub) -> None:
    async with counted.client() as client:
        lead, partner = await organizations(counted, client)
        for title in ("甲", "乙", "丙"):
            opened = await open_project(
                client, lead, partner, title=title, milestones=[{"title": "开班", "dueOn": "2026-03-01"}]
            )
            await accept(client, opened["project"]["id"], partner)
        costs = []
        for first in (1, 3):
            counted.reset()
            page = (await ask(client, PROJECTS, "lead", first=first))["projects"]["nodes"]
            assert [len(project["participants"]) for project in page] == [2] * first
            costs.append((list(counted.calls), len(counted.statements)))

    assert costs[0] == costs[1]
    assert len(costs[0][0]) <= 3, costs[0]
