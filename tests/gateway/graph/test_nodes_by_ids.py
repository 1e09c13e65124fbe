"""`nodes(ids:)` gives every thing that was asked for, or refuses; it never leaves some out in silence."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.graph.relay import to_global_id
from gateway.schema import MOST_NODES
from kit.ids import new_id
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def projects() -> ScriptedServices:
    return ScriptedServices(projects__projects_by_id=lambda request: [{"id": id_} for id_ in request.arguments["ids"]])


def ids(number: int) -> list[str]:
    return [to_global_id("Project", new_id()) for _ in range(number)]


async def test_as_many_as_are_allowed_come_in_the_order_of_their_ids() -> None:
    services, asked = projects(), ids(MOST_NODES)

    answer = await ScriptedGateway(services).answer(NODES, ids=asked)

    assert answer == {"data": {"nodes": [{"id": id_} for id_ in asked]}}
    assert services.calls == ["projects.projects_by_id"]


@pytest.mark.parametrize(
    ("locale", "message"),
    [("en", "At most 100 characters or entries are allowed."), ("zh-CN", "最多 100 个字符或项目。")],
)
async def test_one_more_is_refused_and_nothing_is_loaded(locale: Any, message: str) -> None:
    services = projects()

    answer = await ScriptedGateway(services, locale=locale).answer(NODES, ids=ids(MOST_NODES + 1))

    [error] = answer["errors"]
    assert answer["data"] is None
    assert (error["message"], error["path"]) == (message, ["nodes"])
    assert error["extensions"] == {"code": "TOO_LONG", "field": "ids"}
    assert services.calls == []
