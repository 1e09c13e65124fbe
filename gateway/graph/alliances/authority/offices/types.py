"""Offices in the graph: the changes of the hub office."""

from __future__ import annotations

import graphene

from contracts.alliances.authority.offices import OfficeChangeKind
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class OfficeChange(NodeType, loads="office_changes_by_id"):
    """That somebody joins or leaves the hub office (枢纽办公室任免); two of its people sign. Seen by the hub office."""

    person = graphene.String(required=True, description="Who joins or leaves: the subject of their token.")
    person_name = name_of("person")
    kind = graphene.Field(enum(OfficeChangeKind), required=True, description="Whether they join or leave.")
    digest = graphene.String(required=True, description="What the second person signs: the SHA-256 of the change.")
    proposed_by = graphene.String(required=True, description="Who proposed it: the subject of their token.")
    proposed_by_name = name_of("proposed_by")
    proposed_at = DateTime(required=True, description="When it was proposed.")
    signed_by = graphene.String(description="Who countersigned; null while it waits.")
    signed_by_name = name_of("signed_by")
    signed_at = DateTime(description="When it was countersigned, and so made.")
    withdrawn_at = DateTime(description="When it was taken back.")
