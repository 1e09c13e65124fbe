"""Sightings in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people.sightings import SightingKind
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.times import DateTime


class Sighting(graphene.ObjectType):
    """A reading of what the hub holds of a person (查阅记录). Seen by the person alone."""

    seen_by = graphene.String(required=True, description="Who has read it: the subject of their token.")
    seen_by_name = name_of("seen_by")
    what = graphene.Field(enum(SightingKind), required=True, description="What was read.")
    purpose = graphene.String(required=True, description="Why, in the words of who has read it.")
    created_at = DateTime(required=True, description="When.")
