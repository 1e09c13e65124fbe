"""What can be asked about quotas in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.admission.quotas.types import Quota
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class QuotaQueries(graphene.ObjectType):
    """Where every place of a track is; as public as its competition."""

    quota_tree = graphene.Field(
        connection(Quota),
        required=True,
        track=graphene.ID(required=True),
        parent=graphene.ID(description="The quota whose parts are asked for; without it the root."),
        description="One level of the tree of a track's quotas.",
        **page_arguments(),
    )

    async def resolve_quota_tree(
        self: Any, info: GraphQLResolveInfo, track: str, parent: str | None = None, **which: Any
    ) -> dict[str, Any]:
        which["track_id"] = local_id("Track", track, "track")
        if parent:
            which["parent_id"] = local_id("Quota", parent, "parent")
        return to_connection(await info.context.rpc.query("events", "quota_tree", **which), which.get("after"))
