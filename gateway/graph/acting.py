"""Acting: what the viewer can do about a thing, and why not what they cannot, as a field of the thing."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.base import Refusal
from gateway.graph.inputs import Form
from gateway.graph.names import camel
from gateway.graph.relations import parts
from gateway.problems import Problem, problem_of


class Action(graphene.ObjectType):
    """Something that can be done about a thing: whether the viewer can do it now, and if not, why."""

    name = graphene.String(required=True, description="The mutation that does it, such as `admitMember`.")
    allowed = graphene.Boolean(
        required=True,
        description="Whether the viewer has the right, and the thing stands so; what they enter may still be refused.",
    )
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="Why not, as the mutation would say it; else empty."
    )

    def resolve_name(self: Any, _info: GraphQLResolveInfo) -> str:
        return camel(self["name"])

    def resolve_allowed(self: Any, _info: GraphQLResolveInfo) -> bool:
        return not self["problems"]

    def resolve_problems(self: Any, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [problem_of(Refusal.of(problem), info.context.locale) for problem in self["problems"]]


def acting(form: Form) -> graphene.Field:
    """The field of a thing that shows its actions, those of many things by one call; the form takes their ids."""
    return parts(form, Action, "What the viewer can do about it now, and why not what they cannot.")
