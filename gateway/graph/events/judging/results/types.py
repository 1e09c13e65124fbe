"""Results in the graph: what a stage came to, in versions, with the documents that are signed."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.judging import results as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.events.admission.entries.types import Entry
from gateway.graph.events.competitions.types import Competition, Stage
from gateway.graph.events.judging.results.loaders import ResultLoader
from gateway.graph.events.judging.scoring.types import Points
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NodeType, to_global_id
from gateway.graph.times import DateTime

ResultStatus = enum(contract.ResultStatus)
VersionStatus = enum(contract.VersionStatus)


class ResultVersion(graphene.ObjectType):
    """A version of a result. Who signed it is for those who run, supervise or arbitrate the series."""

    number = graphene.Int(required=True)
    status = graphene.Field(VersionStatus, required=True)
    digest = graphene.String(required=True, description="SHA-256 of the canonical form (RFC 8785) of its document.")
    rules_version = graphene.Int(required=True, description="The version of the rules that it goes by.")
    rejudging_id = graphene.ID(description="The re-judging that it came of, for who may see that.")
    proposed_at = DateTime(required=True)
    proposed_by = graphene.String()
    announced_at = DateTime()
    signed_by = graphene.String()

    def resolve_rejudging_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Rejudging", self["rejudging_id"]) if self["rejudging_id"] else None


class Result(NodeType):
    """The result (成绩) of a stage. While anybody objects to it, the public sees that it is frozen and nothing of it."""

    class Meta:
        loader = ResultLoader

    stage = graphene.Field(Stage)
    competition = graphene.Field(Competition)
    status = graphene.Field(ResultStatus, required=True)
    version = graphene.Int(description="The number of the version that stands, if the viewer may see it now.")
    digest = graphene.String(description="That of this version.")
    notice_ends_at = DateTime(description="The end of the public notice (公示).")
    objections_until = DateTime()
    final_at = DateTime()
    versions = graphene.List(
        graphene.NonNull(ResultVersion), required=True, description="What was announced; for insiders every version."
    )

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Competition"]).load(self["competition_id"])


class ResultRow(graphene.ObjectType):
    """An entry's line in a result; the public sees of it what the rules show."""

    entry_id = graphene.ID(required=True)
    entry = graphene.Field(Entry, description="For those whom it concerns.")
    place = graphene.Int(description="Empty where it has none; the remark says why.")
    code = graphene.String(description="Its blind code, where sheets were judged.")
    contestant = graphene.String(required=True, description="As the rules show it: plain, masked or empty.")
    organization = graphene.Field(Organization)
    province = graphene.Field(Region, required=True)
    score = graphene.Field(Points)
    raw = graphene.Field(Points, description="The mean of the sheets, for insiders …")
    adjusted = graphene.Field(Points, description="… and the same after calibration.")
    tie = graphene.String(description="What decided between it and another one of the same score, for insiders.")
    remark = graphene.String(description="unplaced or disqualified, for insiders.")
    shown = graphene.Boolean(description="Whether the public sees it, for insiders.")

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Entry", self["entry_id"])

    async def resolve_entry(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Entry"]).load(self["entry_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class ResultDocument(graphene.ObjectType):
    """A document of a result: saved as it is, `hub result verify` works it out anew."""

    version = graphene.Int(required=True)
    digest = graphene.String(required=True, description="SHA-256 of the canonical form (RFC 8785) of the document.")
    document = graphene.Field(Document, required=True)
