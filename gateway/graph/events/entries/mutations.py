"""What can be done about entries through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.entries.types import Entry
from gateway.graph.relay import Command, node_id


class SubmitEntry(Command):
    """Enter a contestant and take a place. For the organisation's representative and the office of its province."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        track_id = node_id("Track", required=True)
        organization_id = node_id("Organization", required=True)
        contestant = graphene.String(required=True, description="The name of the team or person, to show.")

    entry = graphene.Field(Entry)


class WithdrawEntry(Command):
    """End an entry and give its place back. For the organisation's representative and the office of its province."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class EntryMutations(graphene.ObjectType):
    submit_entry = SubmitEntry.Field()
    withdraw_entry = WithdrawEntry.Field()
