"""Re-judging in the graph: what is judged again, what was ruled, and the difference that it would make."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.judging import rejudging as contract
from gateway.graph.enums import enum
from gateway.graph.events.judging.scoring.types import Points, Score
from gateway.graph.relay import to_global_id
from gateway.graph.times import DateTime

RejudgingStatus = enum(contract.RejudgingStatus)
RulingKind = enum(contract.RulingKind)


class RejudgingTask(graphene.ObjectType):
    """A sheet that can be given again, known by the code alone."""

    sheet_id = graphene.ID(required=True)
    code = graphene.String(required=True)

    def resolve_sheet_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Sheet", self["sheet_id"])


class RejudgedSheet(graphene.ObjectType):
    """The newest sheet that was given instead of one."""

    sheet_id = graphene.ID(required=True, description="The one that it takes the place of.")
    code = graphene.String(required=True)
    person = graphene.String(required=True)
    scores = graphene.List(graphene.NonNull(Score), required=True, description="At most 30.")
    remark = graphene.String(required=True)
    given_at = DateTime(required=True)

    def resolve_sheet_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Sheet", self["sheet_id"])


class Ruling(graphene.ObjectType):
    """What the panel has ruled about one sheet or one entry; it stays written when it is lifted."""

    id = graphene.ID(required=True)
    kind = graphene.Field(RulingKind, required=True)
    entry_id = graphene.ID(required=True)
    sheet_id = graphene.ID()
    code = graphene.String()
    reason = graphene.String(required=True)
    person = graphene.String(required=True)
    given_at = DateTime(required=True)
    lifted_at = DateTime()

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Ruling", self["id"])

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Entry", self["entry_id"])

    def resolve_sheet_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Sheet", self["sheet_id"]) if self["sheet_id"] else None


class ResultChange(graphene.ObjectType):
    """What becomes of an entry's place and score."""

    entry_id = graphene.ID(required=True)
    contestant = graphene.String(required=True)
    place_before = graphene.Int()
    place_after = graphene.Int()
    score_before = graphene.Field(Points)
    score_after = graphene.Field(Points)

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Entry", self["entry_id"])


class Rejudging(graphene.ObjectType):
    """Entries that are judged again (复评) for an upheld objection. Judges see tasks and their own sheets, no entry."""

    id = graphene.ID(required=True)
    status = graphene.Field(RejudgingStatus, required=True)
    created_at = DateTime(required=True)
    tasks = graphene.List(graphene.NonNull(RejudgingTask), required=True)
    sheets = graphene.List(graphene.NonNull(RejudgedSheet), required=True)
    objection_id = graphene.ID()
    entry_ids = graphene.List(graphene.NonNull(graphene.ID), description="At most 500.")
    people = graphene.List(graphene.NonNull(graphene.String), description="The judges who are appointed; at most 50.")
    rulings = graphene.List(graphene.NonNull(Ruling))
    cancel_reason = graphene.String()
    difference = graphene.List(
        graphene.NonNull(ResultChange), description="As it would be applied now, or as it was applied."
    )
    difference_digest = graphene.String(description="What `applyRejudging` takes: it applies this and nothing else.")

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Rejudging", self["id"])

    def resolve_objection_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Objection", self["objection_id"]) if "objection_id" in self else None

    def resolve_entry_ids(self: Any, _info: GraphQLResolveInfo) -> list[str] | None:
        return [to_global_id("Entry", id_) for id_ in self["entry_ids"]] if "entry_ids" in self else None
