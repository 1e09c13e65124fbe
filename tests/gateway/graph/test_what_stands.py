"""What stands: one field that is refused, absent, or of a service that is away leaves the rest of a page as it is."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import is_non_null_type

from contracts.refusals import NotAllowed
from gateway.graph.relay import to_global_id
from gateway.schema import graphql_schema
from kit.broker.bus import Unavailable
from kit.ids import new_id
from kit.settings import SERVICES
from kit.wire.request import Payload, Request, refused_payload
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

ROOTS = {
    "alliances": "organizations { nodes { nameZh } }",
    "projects": "projects { nodes { title } }",
    "events": "competitions { nodes { number } }",
    "notify": "notices { nodes { title } }",
}
WHOLE = "{ viewer { id } " + " ".join(ROOTS.values()) + " }"
EMPTY = {"nodes": [], "cursors": [], "has_next": False}


class Partly(ScriptedServices):
    """Services of which one is away or refuses; the others have nothing to show."""

    def __init__(self, service: str, failure: Exception | Payload) -> None:
        super().__init__()
        self._service, self._failure = service, failure

    async def send(self, service: str, request: Request) -> Payload:
        if request.method == "batch":
            return {
                "result": [
                    await self.send(service, request.with_call(call["method"], call["arguments"]))
                    for call in request.arguments["calls"]
                ],
                "error": None,
            }
        if service != self._service:
            return {"result": 0 if request.method == "unread_count" else EMPTY, "error": None}
        if isinstance(self._failure, Exception):
            raise self._failure
        return self._failure


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_a_service_that_is_away_takes_its_own_field_and_no_other(service: str, locale: Any) -> None:
    answer = await ScriptedGateway(Partly(service, Unavailable("away")), locale=locale).answer(WHOLE)

    [error], data = answer["errors"], answer["data"]
    gone = ROOTS[service].split(" ")[0]
    assert (error["path"], error["extensions"]["code"]) == ([gone], "UNAVAILABLE")
    assert data.pop("viewer") == {"id": "office"}
    assert data.pop(gone) is None
    assert list(data.values()) == [{"nodes": []}] * 3


@pytest.mark.parametrize("service", SERVICES)
async def test_a_field_that_is_refused_is_named_and_the_others_stand(service: str) -> None:
    answer = await ScriptedGateway(Partly(service, refused_payload(NotAllowed()))).answer(WHOLE)

    [error], data = answer["errors"], answer["data"]
    gone = ROOTS[service].split(" ")[0]
    assert (error["path"], error["extensions"]["code"]) == ([gone], "NOT_ALLOWED")
    assert [name for name, shown in data.items() if shown is None] == [gone]


async def test_what_is_not_there_is_null_and_the_others_stand() -> None:
    services = ScriptedServices(projects__projects_by_id=lambda _: [], projects__projects=lambda _: EMPTY)
    document = "query($id: ID!) { project(id: $id) { title } projects { nodes { title } } }"

    answer = await ScriptedGateway(services).answer(document, id=to_global_id("Project", new_id()))

    assert answer == {"data": {"project": None, "projects": {"nodes": []}}}


def test_no_field_of_the_root_but_nodes_takes_the_page_with_it() -> None:
    [query, subscription] = [graphql_schema().query_type, graphql_schema().subscription_type]
    assert query and subscription

    assert [name for name, field in query.fields.items() if is_non_null_type(field.type)] == ["nodes"]
