"""Relations of organisations in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry.relations import RelationKind, SuccessionKind
from gateway.graph.enums import enum
from gateway.graph.relations import related, related_many
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Relation(NodeType, loads="relations_by_id"):
    """What one organisation is to another (上级单位、校区、承继单位等)."""

    kind = graphene.Field(enum(RelationKind), required=True, description="What it is to the other.")
    organization = related("Organization", "The organisation.", required=True)
    to = related("Organization", "The other organisation.", required=True)
    since = Date(description="Since which day, where that is known.")
    until = Date(description="Its last day; null while the relation stands.")
    reason = graphene.String(required=True, description="Why it was entered.")
    succession = related("Succession", "The succession by which it came about.")


class Succession(NodeType, loads="successions_by_id"):
    """That organisations went over into others, or ended (承继：更名、合并、分立、撤销)."""

    kind = graphene.Field(enum(SuccessionKind), required=True, description="How they went over.")
    on = Date(required=True, description="Since which day.")
    predecessors = related_many("Organization", "Those that went over or ended.", by="from_ids")
    successors = related_many("Organization", "Those that continue them.", by="to_ids")
    reason = graphene.String(required=True, description="By which decision or document.")
    withdrawn_at = DateTime(description="When it was found to be a mistake.")
    created_at = DateTime(required=True, description="When it was entered.")
