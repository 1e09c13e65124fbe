"""What a notice is about: every subject of a message is shown by a node of the graph, but for those listed with a reason."""

from __future__ import annotations

import pytest
from graphql import GraphQLInterfaceType

from gateway.graph.subjects import node_type
from gateway.schema import graphql_schema
from tests.contracts.test_subjects import SUBJECTS

WITHOUT_NODE = {
    "calendar_year": "a year is asked for by its number",
    "dismissal": "a pair that is no duplicate is a row of a list for offices",
    "invitation_letter": "it is sent to an office; the notice of one that failed leads nowhere else than its text",
    "fixturelist": "the fixtures of a stage are a list of it; each of them is a node",
    "invitation_mail": "the e-mail of an invitation, which is a node of its own",
    "sighting": "the person sees all of them, by mySightings",
    "ended_sessions": "nobody is told of it: who ended them knows",
    "grant": "who holds which role is no page of the graph",
    "granting": "the giving of awards is a step; each award is a node",
    "rejudging": "a re-judging is read as a part of its objection",
    "work": "the works of an entry are read by those who may, as a part of it",
}
"""The subjects that no node shows."""

EVERY_SUBJECT = sorted(word for words in SUBJECTS.values() for word in words)


def _nodes() -> set[str]:
    node = graphql_schema().type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {each.name for each in graphql_schema().get_implementations(node).objects}


@pytest.mark.parametrize("subject", EVERY_SUBJECT)
def test_every_subject_has_a_node_or_a_reason_why_not(subject: str) -> None:
    found = node_type(subject)

    assert (found is None) == (subject in WITHOUT_NODE)
    assert found is None or found in _nodes()


def test_no_two_subjects_but_a_stage_and_its_seal_are_shown_by_one_node() -> None:
    shown = {word: node_type(word) for word in EVERY_SUBJECT if word not in {*WITHOUT_NODE, "seal"}}

    assert len(set(shown.values())) == len(shown)
    assert node_type("seal") == node_type("stage") == "Stage"


@pytest.mark.parametrize("subject", ["", "anything", "pageinfo", "node", "sealed"])
def test_what_is_no_subject_has_no_node(subject: str) -> None:
    assert node_type(subject) is None
