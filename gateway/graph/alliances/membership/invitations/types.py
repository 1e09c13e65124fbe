"""Invitations to an alliance in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.alliances.membership.invitations import LetterStatus
from contracts.base import Refusal
from gateway.graph.alliances.membership.memberships.types import Membership
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
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
    """A letter (邀请函) to an organisation that was invited while nobody represented it; for the secretariat."""

    membership = related("Membership", "The invitation.")
    address = graphene.String(required=True, description="Where it was sent; empty once nobody can answer it any more.")
    language = graphene.String(description="In which language it is written.")
    posted_by = graphene.String(description="Who had it sent: the subject of their token.")
    posted_by_name = name_of("posted_by")
    posted_at = DateTime(required=True, description="When it was given to be sent, the last time.")
    expires_at = DateTime(required=True, description="Until when it can be answered by its code.")
    times = graphene.Int(
        description="How many letters went to this organisation; only the code of the last one counts."
    )
    status = graphene.Field(enum(LetterStatus), description="What became of it.")
    settled_at = DateTime(description="When that was; null while it is open.")
