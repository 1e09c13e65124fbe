"""Invitations to an alliance in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.base import Refusal
from gateway.graph.alliances.membership.memberships.types import Membership
from gateway.graph.relations import related
from gateway.graph.times import DateTime
from gateway.problems import Problem, problem_of


class Invitation(graphene.ObjectType):
    """What became of one of many invitations."""

    organization = related("Organization", "The organisation; null where there is none with this id.")
    membership = graphene.Field(Membership, description="The membership; null if there are problems.")
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="Why it was not invited; empty if it was."
    )

    def resolve_problems(self: Any, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [problem_of(Refusal.of(problem), info.context.locale) for problem in self["problems"]]


class InvitationLetter(graphene.ObjectType):
    """A letter to an organisation that is invited and that nobody represents yet; for the secretariat."""

    membership = related("Membership", "The invitation.")
    address = graphene.String(required=True, description="Where it is sent.")
    posted_at = DateTime(required=True, description="When it was given to be sent.")
    expires_at = DateTime(required=True, description="Until when it can be answered by its code.")
