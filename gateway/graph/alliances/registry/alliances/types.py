"""Alliances in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.alliances.membership import charters_forms, memberships_forms
from contracts.alliances.registry import alliances_forms as forms
from contracts.alliances.registry.alliances import AllianceChange, AllianceKind, AllianceLevel, AllianceStage
from gateway.directory.asked import alliance_path
from gateway.graph.acting import acting
from gateway.graph.alliances.registry.types import OfficialName, RegistryChange
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.region import name_field, region_field, regions_field
from gateway.graph.relations import asked, paged_parts, parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Alliance(NodeType, loads="alliances_by_id"):
    """An alliance, group or mechanism (联盟、集团、协作机制) of several organisations."""

    kind = graphene.Field(enum(AllianceKind), required=True, description="What it is for.")
    region = region_field("The province that leads it, if one does.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    industry = graphene.String(description="The industry it works for.")
    founded_on = Date(description="The day on which it was founded.")
    names = parts(
        forms.NamesOfAlliances, OfficialName, "Its official names, past, present and to come, the oldest first."
    )
    name_on = asked(forms.AllianceNamesOn, OfficialName, "What it was, or will be, officially called on a day.")
    stage = graphene.Field(enum(AllianceStage), required=True, description="How far it has come.")
    stage_since = Date(description="Since when it has been at this stage, where that was entered.")
    level = graphene.Field(enum(AllianceLevel), description="How far it reaches.")
    regions = regions_field("The regions that it reaches over.")
    parent = related("Alliance", "The alliance that it belongs to.")
    website = graphene.String(description="The address of its website.")
    text_zh = graphene.String(description="Its introduction in Chinese.")
    text_en = graphene.String(description="Its introduction in English.")
    created_at = DateTime(required=True, description="When it was registered.")
    page_url = graphene.String(
        required=True, description="Its page for everybody, with its members; the same address gives JSON-LD."
    )
    actions = acting(forms.ActionsOnAlliances)
    history = historied(forms.HistoryOfAlliances)
    members = paged_parts(
        memberships_forms.FirstMembers, "Membership", "The members of today, by when they first came. Public."
    )
    charter = asked(
        charters_forms.ChartersOn,
        "gateway.graph.alliances.membership.charters.types.CharterInForce",
        "Its rules for its members at the end of a day in China. Public.",
    )

    def resolve_page_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}{alliance_path(self['id'])}"


class AllianceEntry(RegistryChange):
    """A change of the entry of an alliance, and the entry as it was then."""

    what = graphene.Field(enum(AllianceChange), required=True, description="What was done.")
    kind = graphene.Field(enum(AllianceKind), required=True, description="What the alliance was for.")
    stage = graphene.Field(enum(AllianceStage), required=True, description="How far it had come.")
    level = graphene.Field(enum(AllianceLevel), description="How far it reached.")
    parent = related("Alliance", "The alliance that it belonged to.")
