"""What can be done about quotas through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.admission.quotas.types import Quota
from gateway.graph.relay import Command, node_id


class NewShareInput(graphene.InputObjectType):
    """For a region or an institution: so many places, or those that the rules (`quotas.share`) give for its entries."""

    region = graphene.String(description="GB/T 2260 code.")
    organization_id = node_id("Organization")
    places = graphene.Int(description="Either so many …")
    entries = graphene.Int(description="… or those due for so many entries, with the direct places of the rules.")


class AllocatePlaces(Command):
    """Give places on: those of the whole region for the organisers, those of a province for its office and leader."""

    class Meta:
        service = "events"
        result = "quota"

    class Input:
        quota_id = node_id("Quota", required=True)
        shares = graphene.List(graphene.NonNull(NewShareInput), required=True)

    quota = graphene.Field(Quota)


class ReturnPlaces(Command):
    """Give free places back to the quota above. For whoever holds them."""

    class Meta:
        service = "events"
        result = "quota"

    class Input:
        quota_id = node_id("Quota", required=True)
        places = graphene.Int(required=True)

    quota = graphene.Field(Quota)


class ReallocatePlaces(Command):
    """Give the free places of a quota out again by the rule of the rule set. For whoever may give them on."""

    class Meta:
        service = "events"
        result = "quota"

    class Input:
        quota_id = node_id("Quota", required=True)

    quota = graphene.Field(Quota)


class QuotaMutations(graphene.ObjectType):
    allocate_places = AllocatePlaces.Field()
    return_places = ReturnPlaces.Field()
    reallocate_places = ReallocatePlaces.Field()
