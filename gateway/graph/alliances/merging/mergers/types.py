"""Mergers in the graph: two organisations that are one, what that would do, and who may be registered twice."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.merging.mergers import DuplicateReason, MergedField, MergeGround, MergeSide
from contracts.alliances.registry.organizations import OrganizationKind
from gateway.graph.enums import enum
from gateway.graph.region import region_field
from gateway.graph.relations import related
from gateway.graph.relay import NodeType, global_id
from gateway.graph.times import DateTime


class MergedEntry(graphene.ObjectType):
    """The entry of an organisation as it stands by itself, also where it is merged into another."""

    organization_id = global_id(
        "Organization", "Its own id; where it is merged, `node` gives the survivor for it.", by="id"
    )
    kind = graphene.Field(enum(OrganizationKind), required=True, description="What it is.")
    region = region_field("Where it has its seat.")
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    credit_code = graphene.String(description="Its unified social credit code.")
    aliases = graphene.List(graphene.NonNull(graphene.String), required=True, description="Its other names.")


class MergeDifference(graphene.ObjectType):
    """What two organisations say differently of one thing."""

    field = graphene.Field(enum(MergedField), required=True, description="What they say differently.")
    survivor = graphene.String(description="What the survivor says.")
    other = graphene.String(description="What the other says.")
    keep = graphene.Field(enum(MergeSide), description="Whose would be kept; null where that has to be chosen.")


class MergeMeeting(graphene.ObjectType):
    """An alliance in which both have a membership: one goes on, the other into it."""

    alliance = related("Alliance", "The alliance.", required=True)
    goes_on = related("Membership", "The membership that goes on.", required=True)
    goes_on_status = graphene.Field(enum(MembershipStatus), required=True, description="Where it stands now.")
    merges = related(
        "Membership", "The membership that goes into it; undoing the merger brings it back.", required=True
    )
    merges_status = graphene.Field(enum(MembershipStatus), required=True, description="Where it stands now.")


class MergePreview(graphene.ObjectType):
    """What a merger would do."""

    survivor = related("Organization", "The organisation that stays.", required=True)
    other = graphene.Field(MergedEntry, required=True, description="The entry that is merged into it.")
    differences = graphene.List(
        graphene.NonNull(MergeDifference), required=True, description="What the two say differently."
    )
    undecided = graphene.List(
        graphene.NonNull(enum(MergedField)), required=True, description="Of what it has to be chosen whose is kept."
    )
    meetings = graphene.List(
        graphene.NonNull(MergeMeeting), required=True, description="The alliances in which both have a membership."
    )
    alliance_count = graphene.Int(
        required=True, description="In how many alliances the survivor has a membership that goes on afterwards."
    )
    digest = graphene.String(description="What `mergeOrganizations` takes; null while anything is undecided.")


class Merger(NodeType, loads="mergers_by_id"):
    """That one organisation is merged into another (单位合并)."""

    survivor = related("Organization", "The organisation that stays, or that this one was merged into.", required=True)
    other = graphene.Field(MergedEntry, required=True, description="The entry that was merged into it.")
    ground = graphene.Field(enum(MergeGround), required=True, description="Why.")
    merged_at = DateTime(required=True, description="When they were merged.")
    undo_until = DateTime(required=True, description="Until when it can be undone.")
    unmerged_at = DateTime(description="When it was undone.")
    reason = graphene.String(required=True, description="Why it was undone; else empty.")


class DuplicatePair(graphene.ObjectType):
    """Two organisations that may be one."""

    reason = graphene.Field(enum(DuplicateReason), required=True, description="Why they may be one.")
    earlier = related("Organization", "The one that was registered first.", required=True)
    later = related("Organization", "The one that was registered later.", required=True)
