"""What can be asked about entries in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.document import Document
from gateway.graph.events.admission.entries.types import Entry, EntryStatus
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class EntryQueries(graphene.ObjectType):
    """Entries are for those whom they concern."""

    entries = graphene.Field(
        connection(Entry),
        required=True,
        competition=graphene.ID(required=True),
        track=graphene.ID(),
        status=graphene.Argument(EntryStatus),
        description="All for the organisers; to others those of the organisations and provinces they enter for.",
        **page_arguments(),
    )
    entry_data = graphene.Field(
        Document,
        entry=graphene.ID(required=True),
        description="All that is held about an entry and its people: for those who may erase it, and for its people.",
    )

    async def resolve_entry_data(self: Any, info: GraphQLResolveInfo, entry: str) -> Any:
        return await info.context.rpc.query("events", "entry_data", entry_id=local_id("Entry", entry, "entry"))

    async def resolve_entries(
        self: Any, info: GraphQLResolveInfo, competition: str, track: str | None = None, **which: Any
    ) -> dict[str, Any]:
        which["competition_id"] = local_id("Competition", competition, "competition")
        if track:
            which["track_id"] = local_id("Track", track, "track")
        return to_connection(await info.context.rpc.query("events", "entries", **which), which.get("after"))
