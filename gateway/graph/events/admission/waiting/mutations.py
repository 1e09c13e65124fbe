"""What can be done about places on offer through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.admission.entries.types import Entry
from gateway.graph.relay import Command, node_id


class AcceptOffer(Command):
    """Take the place that is held for an entry. For those who may enter for its organisation."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class DeclineOffer(Command):
    """End an entry rather than take the place on offer, which goes to the next."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class WaitingMutations(graphene.ObjectType):
    accept_offer = AcceptOffer.Field()
    decline_offer = DeclineOffer.Field()
