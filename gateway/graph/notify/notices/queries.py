"""What can be asked about notices in the graph."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.notify.notices.types import NoticeConnection
from gateway.graph.relay import page_arguments, to_connection


class NoticeQueries(graphene.ObjectType):
    notices = graphene.Field(
        NoticeConnection,
        required=True,
        description="The viewer's inbox, newest first.",
        unread=graphene.Boolean(description="Only what is unread."),
        **page_arguments(),
    )

    async def resolve_notices(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        query = info.context.rpc.query
        # asked at the same moment, so that both travel in one message
        page, unread = await asyncio.gather(query("notify", "notices", **which), query("notify", "unread_count"))
        return {**to_connection(page, which.get("after")), "unread_count": unread}
