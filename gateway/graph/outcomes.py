"""Outcomes: what became of each of many things about which something was to be done at once."""

from __future__ import annotations

from functools import cache
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.base import Refusal
from gateway.graph.names import snake
from gateway.graph.relay import global_id, named
from gateway.problems import Problem, problem_of


@cache
def outcome(node: str) -> type[graphene.ObjectType]:
    """The type of what became of one thing of a node type, which is given by its name."""
    field = snake(node)

    def resolve_problems(parent: Any, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [problem_of(Refusal.of(problem), info.context.locale) for problem in parent["problems"]]

    fields = {
        f"{field}_id": global_id(node, "Its id, as it was given."),
        field: graphene.Field(lambda: named(node), description="As it stands now; null if there are problems."),
        "problems": graphene.List(
            graphene.NonNull(Problem),
            required=True,
            resolver=resolve_problems,
            description="Why nothing was done about it; empty if all went well.",
        ),
        "__doc__": f"What became of one {node} of many.",
    }
    return type(f"{node}Outcome", (graphene.ObjectType,), fields)
