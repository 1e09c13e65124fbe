"""Judges in the graph: candidates, the draw of a panel, its seats, and who judges how much."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.judging.draws import DrawParty, DrawStatus
from contracts.events.judging.judges import (
    CONFLICT_WORDS,
    TIE_WORDS,
    CandidateStatus,
    ConflictKind,
    SeatStatus,
    TieKind,
)
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.region import Region, region_field
from gateway.graph.relations import related, related_many
from gateway.graph.relay import LOADERS, NodeType, named, to_global_id
from gateway.graph.times import Date, DateTime
from gateway.protocol.calling import calls


class JudgeCandidate(NodeType, loads="judge_candidates_by_id"):
    """Somebody who can be drawn as a judge (候选评委); seen by themselves and by those who run or supervise the competition."""

    competition = related("Competition", "The competition whose works they may judge.")
    person = graphene.String(required=True, description="The subject of their token.")
    name = graphene.String(required=True, description="The name of the candidate.")
    organization = related("Organization", "The institution at which they work.")
    province = region_field("The province for which they count.", required=True)
    tracks = related_many("Track", "The tracks in which they can judge; at most 50.", by="track_ids", nullable=True)
    max_load = graphene.Int(description="The most works they accept, if that is fewer than the rules allow.")
    status = graphene.Field(enum(CandidateStatus), required=True, description="Whether they can be drawn.")
    created_at = DateTime(required=True, description="When they were nominated.")
    withdrawn_at = DateTime(description="When they were withdrawn; null while they can be drawn.")


class DrawCommitment(graphene.ObjectType):
    """What a party handed in before the roster was frozen; its secret is in the document of the draw, later."""

    party = graphene.Field(enum(DrawParty), required=True, description="Who handed it in.")
    commitment = graphene.String(required=True, description="SHA-256 of secret and nonce, in hexadecimal.")
    committed_at = DateTime(required=True, description="When it was handed in.")
    revealed_at = DateTime(description="When the party revealed secret and nonce.")


class Draw(NodeType, loads="draws_by_id"):
    """The draw of a stage's panel (抽签), by commitment and reveal; as public as its competition."""

    stage = related("Stage", "The stage whose panel is drawn.")
    status = graphene.Field(enum(DrawStatus), required=True, description="Its status.")
    commitments = graphene.List(
        graphene.NonNull(DrawCommitment), required=True, description="What the parties have handed in; at most two."
    )
    candidates = graphene.Int(required=True, description="How many are on the frozen roster.")
    rules_version = graphene.Int(description="The version of the rules by which the panel is drawn and judges.")
    roster_digest = graphene.String(description="SHA-256 of the canonical JSON (RFC 8785) of `frozen`.")
    frozen = graphene.Field(
        Document,
        description="Stage, quotas and roster as they were frozen; "
        "public before the secrets are revealed only where the rules say so.",
    )
    seed = graphene.String(description="The seed that decides the order; null until both have revealed.")
    document = graphene.Field(
        Document, description="Everything needed to repeat the draw with `hub draw verify`, once both have revealed."
    )
    frozen_at = DateTime(description="When the roster was frozen.")
    drawn_at = DateTime(description="When the panel was drawn.")
    cancelled_at = DateTime(description="When the draw was cancelled.")
    cancel_reason = graphene.String(description="Why the draw was cancelled.")


class JudgeSeat(NodeType, loads="seats_by_id"):
    """A seat on the panel of a stage (评委席位)."""

    stage = related("Stage", "The stage whose works are judged.")
    candidate = related("JudgeCandidate", "The judge as a candidate, for those who may see candidates.")
    name = graphene.String(required=True, description="The name of the judge.")
    organization = related("Organization", "The institution at which the judge works.")
    province = region_field("The province for which the judge counts.", required=True)
    status = graphene.Field(enum(SeatStatus), required=True, description="Its status.")
    reason = graphene.String(required=True, description="Why it was given up; not for the public.")
    created_at = DateTime(required=True, description="When the judge was drawn, or stepped in.")
    answered_at = DateTime(description="When the seat was last accepted or given up; null before the judge answers.")


class ConflictStep(graphene.ObjectType):
    """A step on the path from a judge to an entry: one dated fact."""

    kind = graphene.Field(enum(TieKind), required=True, description="What the fact is.")
    words = graphene.String(required=True, description="The kind in the caller's language.")
    organization = graphene.Field(
        lambda: named("Organization"), description="The institution that it leads to, if any."
    )
    province = graphene.Field(Region, description="The province of the delegation that it leads to, if any.")
    entry_id = graphene.ID(description="The entry that it leads to, if any.")
    since = Date(description="The first day on which it held; null if that is not known.")
    until = Date(description="The last day on which it held; null if it still does.")

    def resolve_words(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.in_language(*TIE_WORDS[TieKind(self["kind"])]))

    @calls
    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        own = self["target"] if self["leads_to"] == "institution" else None
        return await info.context.loader(LOADERS["Organization"]).load(own) if own else None

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["target"]) if self["leads_to"] == "province" else None

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Entry", self["target"]) if self["leads_to"] == "entry" else None


class Conflict(graphene.ObjectType):
    """Why a judge may not judge certain entries of a stage (回避); it shows neither codes nor assignments."""

    kind = graphene.Field(enum(ConflictKind), required=True, description="What the conflict is.")
    words = graphene.String(required=True, description="The kind in the caller's language.")
    path = graphene.List(
        graphene.NonNull(ConflictStep), required=True, description="The facts that lead from the judge to the entries."
    )
    entries = graphene.Int(required=True, description="How many entries the path leads to.")

    def resolve_words(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.in_language(*CONFLICT_WORDS[ConflictKind(self["kind"])]))


class CandidateConflicts(graphene.ObjectType):
    """A candidate with their conflicts in a stage."""

    candidate = graphene.Field(JudgeCandidate, required=True, description="The candidate.")
    conflicts = graphene.List(
        graphene.NonNull(Conflict), required=True, description="What keeps the candidate from entries of the stage."
    )


class JudgeLoad(graphene.ObjectType):
    """How many works a judge has."""

    seat = graphene.Field(JudgeSeat, required=True, description="The seat of the judge.")
    works = graphene.Int(required=True, description="How many works the judge has.")


class ProvinceShare(graphene.ObjectType):
    """How many judges a province has on a panel, and how many works they have together."""

    province = region_field("The province.", required=True)
    judges = graphene.Int(required=True, description="How many judges of the panel count for the province.")
    works = graphene.Int(required=True, description="How many works these judges have together.")


class ProvinceMix(graphene.ObjectType):
    """Of how many provinces the judges of how many works are."""

    provinces = graphene.Int(required=True, description="Of how many provinces the judges of a work are.")
    works = graphene.Int(required=True, description="How many works have judges of that many provinces.")


class AssignmentReport(graphene.ObjectType):
    """Loads and balance of a stage; who judges what is not in it."""

    assigned_at = DateTime(description="When the works were assigned.")
    loads = graphene.List(
        graphene.NonNull(JudgeLoad), required=True, description="How many works each judge has; at most 500."
    )
    least = graphene.Int(required=True, description="The fewest works that a judge has.")
    most = graphene.Int(required=True, description="The most works that a judge has.")
    mean = graphene.Float(required=True, description="How many works a judge has on average.")
    provinces = graphene.List(
        graphene.NonNull(ProvinceShare), required=True, description="The judges of each province, and their works."
    )
    mixes = graphene.List(
        graphene.NonNull(ProvinceMix), required=True, description="How mixed the judges of works are by province."
    )
    excluded = graphene.Int(description="Pairs of judge and work between which there is a conflict.")
    bitten = graphene.Int(
        description="How many pairs with a conflict would have been assigned if conflicts did not matter."
    )
