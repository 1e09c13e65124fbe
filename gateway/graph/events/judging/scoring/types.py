"""Scoring in the graph: rubrics, score sheets, how far judges are, rankings and what they depend on."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo, IntValueNode, StringValueNode, ValueNode

from contracts.events.judging import scoring as contract
from gateway.graph.enums import enum
from gateway.graph.events.competitions.types import Stage
from gateway.graph.events.judging.judges.types import JudgeSeat
from gateway.graph.events.judging.scoring.loaders import SheetLoader
from gateway.graph.region import name_field
from gateway.graph.relay import LOADERS, NodeType, to_global_id
from gateway.graph.times import DateTime

SheetStatus = enum(contract.SheetStatus)


class Points(graphene.Scalar):
    """A decimal number as text, as "8.5": points and scores are never binary numbers. A whole number may be given as one."""

    specified_by = "https://www.w3.org/TR/xmlschema11-2/#decimal"

    @staticmethod
    def serialize(value: str) -> str:
        return value

    @staticmethod
    def parse_value(value: Any) -> str:
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        raise GraphQLError('Points are text, as "8.5".')

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        if isinstance(node, StringValueNode | IntValueNode):
            return str(node.value)
        raise GraphQLError('Points are text, as "8.5".', node)


class Criterion(graphene.ObjectType):
    """One thing that is judged (评分项)."""

    key = graphene.String(required=True)
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    weight = graphene.Field(Points, required=True, description="How many times its points count.")
    least = graphene.Field(Points, required=True)
    most = graphene.Field(Points, required=True)
    step = graphene.Field(Points, required=True)


class Rubric(graphene.ObjectType):
    """The criteria of a stage (评分标准); a sheet's total is the sum of points times weight."""

    version = graphene.String(required=True, description="Changes with every figure of it.")
    criteria = graphene.List(graphene.NonNull(Criterion), required=True, description="At most 30.")


class Score(graphene.ObjectType):
    """The points for one criterion."""

    criterion = graphene.String(required=True)
    points = graphene.Field(Points, required=True)


class Sheet(NodeType):
    """A score sheet (评分表): what one judge gives one code. Others see what it says only once the codes are opened."""

    class Meta:
        loader = SheetLoader

    stage = graphene.Field(Stage)
    seat = graphene.Field(JudgeSeat, description="Whose sheet it is.")
    code = graphene.String(description="Which code is judged: for its judge, and once the codes are opened.")
    status = graphene.Field(SheetStatus, required=True)
    scores = graphene.List(graphene.NonNull(Score), description="At most 30.")
    total = graphene.Field(Points, description="Empty while it is incomplete or the rubric has changed.")
    remark = graphene.String()
    return_reason = graphene.String(required=True, description="Why it was given back, while it is a draft again.")
    rubric_version = graphene.String(description="Of the rubric for which it was written.")
    outdated = graphene.Boolean(required=True, description="The rubric was amended since; it must be written again.")
    due_at = DateTime(description="When judging ends.")
    submitted_at = DateTime()

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])

    async def resolve_seat(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["JudgeSeat"]).load(self["seat_id"])


class SheetLock(graphene.ObjectType):
    """That the sheets of a stage no longer change."""

    stage = graphene.Field(Stage)
    locked_at = DateTime(required=True)
    rules_version = graphene.Int(required=True, description="By which version of the rules they count.")

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])


class SeatProgress(graphene.ObjectType):
    """How far one judge is: numbers only."""

    seat = graphene.Field(JudgeSeat)
    assigned = graphene.Int(required=True)
    drafts = graphene.Int(required=True)
    submitted = graphene.Int(required=True)
    outdated = graphene.Int(required=True, description="Written for a rubric that was amended since.")
    last_submitted_at = DateTime()

    async def resolve_seat(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["JudgeSeat"]).load(self["seat_id"])


class JudgingProgress(graphene.ObjectType):
    """How far the judging of a stage is."""

    seats = graphene.List(graphene.NonNull(SeatProgress), required=True, description="At most 500.")
    due_at = DateTime(description="When judging ends.")
    locked_at = DateTime()


class RankingRow(graphene.ObjectType):
    """One code in the ranking of a stage; without a place where sheets are missing."""

    place = graphene.Int()
    code = graphene.String(required=True)
    score = graphene.Field(Points, description="What is published: `adjusted`, rounded as the rules say.")
    raw = graphene.Field(Points, description="The mean of the totals as the judges gave them.")
    adjusted = graphene.Field(Points, description="The mean of the totals after calibration.")
    sheets = graphene.Int(required=True)
    missing = graphene.Int(required=True)
    dropped = graphene.Int(required=True, description="How many highest and lowest sheets do not count.")
    dropped_seat_ids = graphene.List(
        graphene.NonNull(graphene.ID), required=True, description="Whose they are, once the codes are opened."
    )
    tie_above = graphene.String(description="What parts it from the better one of the same score, or `joint`.")
    tie_below = graphene.String(description="What parts it from the next one of the same score, or `joint`.")

    def resolve_dropped_seat_ids(self: Any, _info: GraphQLResolveInfo) -> list[str]:
        return [to_global_id("JudgeSeat", seat_id) for seat_id in self["dropped_seat_ids"]]


class JudgeEffect(graphene.ObjectType):
    """What calibration found about a judge and took off."""

    seat_id = graphene.ID(description="Whose, once the codes are opened.")
    sheets = graphene.Int(required=True)
    mean = graphene.Field(Points, required=True)
    shift = graphene.Field(Points, required=True, description="How mild the judge is: taken off each total.")
    ratio = graphene.Field(Points, required=True, description="How much farther apart the totals lie than others'.")
    kept_as_is = graphene.Boolean(required=True, description="Too few sheets to tell.")

    def resolve_seat_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("JudgeSeat", self["seat_id"]) if self["seat_id"] else None


class Calibration(graphene.ObjectType):
    """How the judges of a stage were made comparable (评委校准)."""

    groups = graphene.Int(required=True, description="How many groups of judges share no entry with one another.")
    judges = graphene.List(graphene.NonNull(JudgeEffect), required=True, description="By seat; at most 500.")


class Swing(graphene.ObjectType):
    """Where an entry would stand without one judge."""

    seat_id = graphene.ID(description="Whose, once the codes are opened.")
    place = graphene.Int()
    prize = graphene.Int()

    def resolve_seat_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("JudgeSeat", self["seat_id"]) if self["seat_id"] else None


class Stability(graphene.ObjectType):
    """How firm a place is: what becomes of it when any one judge is left out."""

    code = graphene.String(required=True)
    place = graphene.Int()
    prize = graphene.Int(description="1 for the first kind of prize; empty for none.")
    best = graphene.Int()
    worst = graphene.Int()
    prize_hangs = graphene.Boolean(required=True, description="Whether any one judge decides about the prize.")
    hangs_on = graphene.List(
        graphene.NonNull(Swing), required=True, description="Each judge without whom the place would be another."
    )
