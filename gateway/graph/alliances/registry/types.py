"""Entries of the registry in the graph: official names by their days, and what every change of an entry says."""

from __future__ import annotations

import graphene

from gateway.graph.region import name_field, region_field
from gateway.graph.times import Date, DateTime


class OfficialName(graphene.ObjectType):
    """What a body was officially called in a time."""

    name = name_field()
    name_zh = graphene.String(required=True, description="The name in Chinese.")
    name_en = graphene.String(required=True, description="The name in English.")
    since = Date(description="The first day of these names; null if that is the beginning.")
    until = Date(description="The last day of these names; null until further notice.")


class RegistryChange(graphene.ObjectType):
    """What every change of an entry says."""

    class Meta:
        abstract = True

    version = graphene.Int(required=True, description="The number of the change, from one on.")
    at = DateTime(required=True, description="When it was entered.")
    by = graphene.String(required=True, description="Who entered it; empty for the hub itself.")
    reason = graphene.String(required=True, description="Why; empty where it needed no reason.")
    since = Date(description="The day that counts, where it is not that of the entry.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese then.")
    name_en = graphene.String(required=True, description="Its name in English then.")
    other_name_zh = graphene.String(
        description="The other name in Chinese that the change is about: left, planned, struck out, or linked to."
    )
    other_name_en = graphene.String(description="The same in English.")
    region = region_field("Its region then.")
