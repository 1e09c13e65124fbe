"""What is told of notices as they are issued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify import NoticeIssued
from contracts.refusals import SignInRequired
from gateway.context import Context
from gateway.graph.notify.notices.types import Notice
from gateway.rpc import Refused


class NoticeSubscriptions(graphene.ObjectType):
    notice_received = graphene.Field(
        Notice, description="Each notice that comes into the viewer's inbox from now on; null if it cannot be read."
    )

    async def subscribe_notice_received(self: Any, info: GraphQLResolveInfo) -> AsyncIterator[str]:
        if not info.context.identity:
            raise Refused([SignInRequired()])
        return _received(info.context)

    async def resolve_notice_received(self: str, info: GraphQLResolveInfo) -> Any:
        # not by the loader: it keeps what it has loaded, and a subscription may last for days
        found = await info.context.rpc.query("notify", "notices_by_id", ids=[self])
        return found[0] if found else None


async def _received(context: Context) -> AsyncIterator[str]:
    """The ids of the viewer's new notices."""
    assert context.identity
    async for envelope in context.live.listen(NoticeIssued.type):
        if envelope.data["recipient"] == context.identity.id:
            yield envelope.data["notice_id"]
