"""What can be asked about notices in the graph."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify import notices_forms as forms
from gateway.graph.inputs import arguments_of, ask, says
from gateway.graph.notify.notices.types import NoticeConnection
from gateway.graph.queries import page_of
from gateway.protocol.calling import calls


class NoticeQueries(graphene.ObjectType):
    """The viewer's own notices."""

    notices = graphene.Field(
        NoticeConnection,
        description=says(forms.Notices),
        args=arguments_of(forms.Notices),
    )

    @calls
    async def resolve_notices(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        # asked at the same moment, so that both travel in one message
        page, unread = await asyncio.gather(page_of(info, forms.Notices, which), ask(info, forms.UnreadCount, {}))
        return {**page, "unread_count": unread}
