"""Judges in the graph: candidates, the draw of a panel, its seats, and who judges how much."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.judging import draws
from contracts.events.judging import judges as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.events.competitions.types import Competition, Stage, Track
from gateway.graph.events.judging.judges.loaders import CandidateLoader, DrawLoader, SeatLoader
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NodeType, to_global_id
from gateway.graph.times import Date, DateTime

CandidateStatus = enum(contract.CandidateStatus)
DrawStatus = enum(draws.DrawStatus)
DrawParty = graphene.Enum.from_enum(draws.Party, name="DrawParty")
SeatStatus = enum(contract.SeatStatus)
ConflictKind = enum(contract.ConflictKind)
TieKind = enum(contract.TieKind)


class JudgeCandidate(NodeType):
    """Somebody who can be drawn as a judge (候选评委); seen by themselves and by who runs or supervises the competition."""

    class Meta:
        loader = CandidateLoader

    competition = graphene.Field(Competition)
    person = graphene.String(required=True, description="The subject of their token.")
    name = graphene.String(required=True)
    organization = graphene.Field(Organization)
    province = graphene.Field(Region, required=True)
    tracks = graphene.List(Track, required=True, description="In which they can judge; at most 50.")
    max_load = graphene.Int(description="How many works they take, where it is fewer than the rules let them.")
    status = graphene.Field(CandidateStatus, required=True)
    created_at = DateTime(required=True)
    withdrawn_at = DateTime()

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Competition"]).load(self["competition_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    async def resolve_tracks(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Track"]).load_many(self["track_ids"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class DrawCommitment(graphene.ObjectType):
    """What a party handed in before the roster was frozen; its secret is in the document of the draw, later."""

    party = graphene.Field(DrawParty, required=True)
    commitment = graphene.String(required=True, description="SHA-256 of secret and nonce, in hexadecimal.")
    committed_at = DateTime(required=True)
    revealed_at = DateTime()


class Draw(NodeType):
    """The draw of a stage's panel (抽签), by commitment and reveal; as public as its competition."""

    class Meta:
        loader = DrawLoader

    stage = graphene.Field(Stage)
    status = graphene.Field(DrawStatus, required=True)
    commitments = graphene.List(graphene.NonNull(DrawCommitment), required=True)
    candidates = graphene.Int(required=True, description="How many are on the frozen roster.")
    roster_digest = graphene.String(description="SHA-256 of the canonical JSON (RFC 8785) of `frozen`.")
    frozen = graphene.Field(Document, description="Stage, quotas and roster; before the secrets if the rules say so.")
    seed = graphene.String()
    document = graphene.Field(
        Document, description="All that it takes to repeat the draw with `hub draw verify`, once both have revealed."
    )
    frozen_at = DateTime()
    drawn_at = DateTime()
    cancelled_at = DateTime()
    cancel_reason = graphene.String()

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])


class JudgeSeat(NodeType):
    """A seat on the panel of a stage (评委席位)."""

    class Meta:
        loader = SeatLoader

    stage = graphene.Field(Stage)
    candidate = graphene.Field(JudgeCandidate, description="For those who may see candidates.")
    name = graphene.String(required=True)
    organization = graphene.Field(Organization)
    province = graphene.Field(Region, required=True)
    status = graphene.Field(SeatStatus, required=True)
    reason = graphene.String(required=True, description="Why it was given up; not for the public.")
    created_at = DateTime(required=True)
    answered_at = DateTime()

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])

    async def resolve_candidate(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CandidateLoader).load(self["candidate_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class ConflictStep(graphene.ObjectType):
    """A step on the path from a judge to an entry: one dated fact."""

    kind = graphene.Field(TieKind, required=True)
    words = graphene.String(required=True, description="The kind in the caller's language.")
    organization = graphene.Field(Organization, description="To which it leads, if to an institution.")
    province = graphene.Field(Region, description="To which it leads, if to a delegation.")
    entry_id = graphene.ID(description="To which it leads, if to an entry.")
    since = Date()
    until = Date()

    def resolve_words(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.in_language(*contract.TIE_WORDS[contract.TieKind(self["kind"])]))

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        own = self["target"] if self["leads_to"] == "institution" else None
        return await info.context.loader(LOADERS["Organization"]).load(own) if own else None

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["target"]) if self["leads_to"] == "province" else None

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Entry", self["target"]) if self["leads_to"] == "entry" else None


class Conflict(graphene.ObjectType):
    """Why a judge may not judge so many entries of a stage (回避); codes are not in it, nor what was assigned."""

    kind = graphene.Field(ConflictKind, required=True)
    words = graphene.String(required=True, description="The kind in the caller's language.")
    path = graphene.List(graphene.NonNull(ConflictStep), required=True)
    entries = graphene.Int(required=True, description="How many entries the path leads to.")

    def resolve_words(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.in_language(*contract.CONFLICT_WORDS[contract.ConflictKind(self["kind"])]))


class CandidateConflicts(graphene.ObjectType):
    """A candidate with their conflicts in a stage."""

    candidate = graphene.Field(JudgeCandidate, required=True)
    conflicts = graphene.List(graphene.NonNull(Conflict), required=True)


class JudgeLoad(graphene.ObjectType):
    """How many works a judge has."""

    seat = graphene.Field(JudgeSeat, required=True)
    works = graphene.Int(required=True)


class ProvinceShare(graphene.ObjectType):
    """How many judges a province has on a panel, and how many works they have together."""

    province = graphene.Field(Region, required=True)
    judges = graphene.Int(required=True)
    works = graphene.Int(required=True)

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class ProvinceMix(graphene.ObjectType):
    """Of how many provinces the judges of how many works are."""

    provinces = graphene.Int(required=True)
    works = graphene.Int(required=True)


class AssignmentReport(graphene.ObjectType):
    """Loads and balance of a stage; who judges what is not in it."""

    assigned_at = DateTime()
    loads = graphene.List(graphene.NonNull(JudgeLoad), required=True, description="At most 500.")
    least = graphene.Int(required=True)
    most = graphene.Int(required=True)
    mean = graphene.Float(required=True)
    provinces = graphene.List(graphene.NonNull(ProvinceShare), required=True)
    mixes = graphene.List(graphene.NonNull(ProvinceMix), required=True)
    excluded = graphene.Int(description="Pairs of judge and work between which there is a conflict.")
    bitten = graphene.Int(description="How many of these would have been assigned had there been no conflict.")
