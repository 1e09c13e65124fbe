"""What was loaded before a command, an operation or an event is not shown after it."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

from gateway.graph.relay import to_global_id
from kit.ids import new_id
from kit.wire.request import Request
from tests.gateway.live_messages import issued
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

PROJECT = new_id()
REACH = """mutation($id: ID!) {
  first: reachMilestone(input: {milestoneId: $id}) { milestone { project { title } } }
  second: reachMilestone(input: {milestoneId: $id}) { milestone { project { title } } } }"""
ONE = "query($id: ID!) { node(id: $id) { ... on Project { title } } }"
RECEIVED = "subscription { noticeReceived { about { ... on Project { title } } } }"


def reach(_: Request) -> dict[str, Any]:
    return {"id": new_id(), "project_id": PROJECT}


def notices(request: Request) -> list[dict[str, Any]]:
    return [{"id": id_, "subject_type": "project", "subject_id": PROJECT} for id_ in request.arguments["ids"]]


def changing() -> ScriptedServices:
    """Services whose one project has another title each time that it is asked for."""
    number = count(1)
    return ScriptedServices(
        projects__reach_milestone=reach,
        projects__projects_by_id=lambda _: [{"id": PROJECT, "title": f"title {next(number)}"}],
        notify__notices_by_id=notices,
    )


async def test_the_payload_of_a_second_mutation_shows_what_it_left_behind() -> None:
    gateway = ScriptedGateway(changing())

    answer = await gateway.answer(REACH, id=to_global_id("Milestone", new_id()))

    assert answer["data"] == {
        "first": {"milestone": {"project": {"title": "title 1"}}},
        "second": {"milestone": {"project": {"title": "title 2"}}},
    }


async def test_a_second_query_on_a_socket_asks_again() -> None:
    gateway, id_ = ScriptedGateway(changing()), to_global_id("Project", PROJECT)

    titles = [(await gateway.answer(ONE, id=id_))["data"]["node"]["title"] for _ in range(2)]

    assert titles == ["title 1", "title 2"]


async def test_two_fields_of_one_query_share_what_they_load() -> None:
    services, id_ = changing(), to_global_id("Project", PROJECT)
    twice = "query($id: ID!) { a: node(id: $id) { id } b: node(id: $id) { id } }"

    await ScriptedGateway(services).answer(twice, id=id_)

    assert services.calls == ["projects.projects_by_id"]


async def test_a_second_event_of_a_subscription_shows_what_is_so_by_then() -> None:
    services = changing()
    answers = ScriptedGateway(services, "ann").answers(RECEIVED)
    titles = []
    for _ in range(2):
        coming = asyncio.ensure_future(anext(answers))
        await asyncio.sleep(0)  # it listens
        services.pass_by(issued("ann"))
        titles.append((await coming)["data"]["noticeReceived"]["about"]["title"])
    await answers.aclose()

    assert titles == ["title 1", "title 2"]


async def test_every_operation_of_a_socket_has_a_correlation_id_of_its_own() -> None:
    seen: list[str] = []
    services = ScriptedServices(
        projects__projects_by_id=lambda request: seen.append(request.context.correlation_id) or []
    )
    gateway = ScriptedGateway(services)

    for _ in range(2):
        await gateway.answer(ONE, id=to_global_id("Project", PROJECT))

    assert len({*seen, gateway.context.correlation_id}) == 3
