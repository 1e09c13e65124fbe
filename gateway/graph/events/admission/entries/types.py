"""Entries in the graph: who competes for whom, with whom, and what a roster would become."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.admission import entries as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.enums import enum
from gateway.graph.events.admission.entries.loaders import MembersLoader
from gateway.graph.events.admission.waiting.loaders import WaitingPlaceLoader
from gateway.graph.events.admission.waiting.types import WaitingPlace
from gateway.graph.events.competitions.loaders import CompetitionLoader
from gateway.graph.events.competitions.types import Competition, Track
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NodeType, to_global_id
from gateway.graph.times import DateTime

EntryStatus = enum(contract.EntryStatus)
MemberRole = enum(contract.MemberRole)


class EntryMember(graphene.ObjectType):
    """Somebody of an entry: personal data, which judges never see."""

    id = graphene.ID(required=True)
    role = graphene.Field(MemberRole, required=True)
    name = graphene.String(required=True, description="Empty when it was erased.")
    organization = graphene.Field(Organization, required=True)
    person = graphene.String(description="The subject of their token, where it is known.")
    identified = graphene.Boolean(required=True, description="Whether an identity number was given; it is not kept.")
    erased_at = DateTime()

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("EntryMember", self["id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])


class Entry(NodeType):
    """A delegation's entry (报名) for one contestant; seen by the organisers, the organisation and its province."""

    class Meta:
        loader = EntryLoader

    competition = graphene.Field(Competition, required=True)
    track = graphene.Field(Track, required=True)
    organization = graphene.Field(Organization, required=True)
    province = graphene.Field(Region, required=True)
    contestant = graphene.String(required=True, description="The name of the team or person, to show.")
    status = graphene.Field(EntryStatus, required=True)
    group_name = graphene.String(description="Entries of one organisation in a track that want to come together.")
    members = graphene.List(graphene.NonNull(EntryMember), required=True, description="As many as the rules let in.")
    waiting = graphene.Field(WaitingPlace, description="While it waits for a place or has one on offer.")
    offered_until = DateTime()
    created_at = DateTime(required=True)
    withdrawn_at = DateTime()
    erased_at = DateTime(description="When the name of the contestant was erased.")

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CompetitionLoader).load(self["competition_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])

    async def resolve_members(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(MembersLoader).load(self["id"])

    async def resolve_waiting(self: Any, info: GraphQLResolveInfo) -> Any:
        places = await info.context.loader(WaitingPlaceLoader).load(self["id"])
        return places[0] if places else None


class RosterFault(graphene.ObjectType):
    """What is wrong in a cell of a roster: the row counts from 1 with the header."""

    row = graphene.Int(required=True)
    column = graphene.String(description="One of track, organization, contestant, role, name, person_number, …")
    code = graphene.String(required=True)
    message = graphene.String(required=True, description="In the caller's language.")


class RosterEntry(graphene.ObjectType):
    """An entry as a roster would make it; one of which a row is faulty is not shown."""

    rows = graphene.List(graphene.NonNull(graphene.Int), required=True)
    track = graphene.Field(Track, required=True)
    organization = graphene.Field(Organization, required=True)
    contestant = graphene.String(required=True)
    members = graphene.List(graphene.NonNull(graphene.String), required=True, description="Their names.")
    group_name = graphene.String()
    status = graphene.Field(EntryStatus, description="ENTERED or WAITING; nothing where a rule is against it.")

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])


class RosterPreview(graphene.ObjectType):
    """What a roster would become; with any fault, nothing of it can be imported."""

    rows = graphene.Int(required=True)
    entered = graphene.Int(required=True, description="How many entries would have a place …")
    waiting = graphene.Int(required=True, description="… and how many would wait for one.")
    entries = graphene.List(graphene.NonNull(RosterEntry), required=True)
    faults = graphene.List(graphene.NonNull(RosterFault), required=True)
