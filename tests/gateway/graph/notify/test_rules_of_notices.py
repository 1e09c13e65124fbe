"""What a notice tells of is one of those that the schema lists; what a newer notify tells of is shown as another."""

from __future__ import annotations

import pytest
from graphql import GraphQLEnumType

from contracts.inventory import messages
from gateway.graph.relay import to_global_id
from gateway.schema import graphql_schema
from kit.ids import new_id
from services.notify.rules.table import RULES
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

ONE = "query($id: ID!) { node(id: $id) { ... on Notice { rule title } } }"


def _listed() -> set[str]:
    rules = graphql_schema().type_map["NoticeRule"]
    assert isinstance(rules, GraphQLEnumType)
    return set(rules.values)


def test_the_schema_lists_every_rule_of_notify() -> None:
    assert {rule.upper() for rule in RULES} <= _listed()
    assert _listed() == {"OTHER", *(message.type.partition(".")[2].upper() for message in messages())}


@pytest.mark.parametrize(
    ("rule", "shown"), [("member_admitted", "MEMBER_ADMITTED"), ("weather_changed", "OTHER"), ("other", "OTHER")]
)
async def test_a_notice_is_shown_whatever_it_tells_of(rule: str, shown: str) -> None:
    services = ScriptedServices(
        notify__notices_by_id=lambda request: [
            {"id": id_, "rule": rule, "title": "Something happened"} for id_ in request.arguments["ids"]
        ]
    )

    answer = await ScriptedGateway(services).answer(ONE, id=to_global_id("Notice", new_id()))

    assert answer == {"data": {"node": {"rule": shown, "title": "Something happened"}}}
