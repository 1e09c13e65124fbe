"""The code of a problem is one of those that the schema lists; of a newer service's code only the message is shown."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLEnumType

from contracts.base import Refusal
from contracts.inventory import refusals
from contracts.refusals import NotAllowed
from gateway.graph.relay import to_global_id
from gateway.schema import graphql_schema
from kit.ids import new_id
from kit.wire.request import Payload, Request, refused_payload
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

REACH = """mutation($id: ID!) {
  reachMilestone(input: {milestoneId: $id}) { milestone { id } problems { code field message } } }"""


class Refusing(ScriptedServices):
    """Services that refuse whatever is asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self._refusal = refusal

    async def send(self, service: str, request: Request) -> Payload:
        return refused_payload(self._refusal)


async def _problems(refusal: Refusal) -> Any:
    answer = await ScriptedGateway(Refusing(refusal)).answer(REACH, id=to_global_id("Milestone", new_id()))
    assert answer.keys() == {"data"}
    payload = answer["data"]["reachMilestone"]
    assert payload["milestone"] is None
    return payload["problems"]


def test_the_schema_lists_every_refusal_with_its_sentence() -> None:
    codes = graphql_schema().type_map["ProblemCode"]

    assert isinstance(codes, GraphQLEnumType)
    assert codes.values.keys() == {"REFUSED", *(refusal.code for refusal in refusals())}
    assert codes.values["NOT_ALLOWED"].description == NotAllowed.en


async def test_a_refusal_that_the_gateway_knows_is_shown_by_its_code() -> None:
    [problem] = await _problems(NotAllowed("milestoneId"))

    assert problem == {"code": "NOT_ALLOWED", "field": "milestoneId", "message": NotAllowed.en}


@pytest.mark.parametrize("code", ["TOO_SUNNY", "", "not a name"])
async def test_a_refusal_of_a_newer_service_is_shown_as_refused(code: str) -> None:
    [problem] = await _problems(Refusal.of({"code": code, "field": "milestoneId", "params": {}}))

    assert problem == {"code": "REFUSED", "field": "milestoneId", "message": "The request was refused."}
