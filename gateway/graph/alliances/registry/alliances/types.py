"""Alliances in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import charters_forms, memberships_forms
from contracts.alliances.registry.alliances import AllianceKind
from gateway.graph.alliances.membership.charters.types import CharterInForce
from gateway.graph.enums import enum
from gateway.graph.region import name_field, region_field
from gateway.graph.relations import asked, paged_parts
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
    created_at = DateTime(required=True, description="When it was registered.")
    members = paged_parts(
        memberships_forms.FirstMembers, "Membership", "The members of today, by when they first came. Public."
    )
    charter = asked(
        charters_forms.ChartersOn, CharterInForce, "Its rules for its members at the end of a day in China. Public."
    )
