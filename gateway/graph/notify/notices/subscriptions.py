"""What is told of notices as they are issued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify.notices import NoticeIssued
from contracts.refusals import SignInRequired
from gateway.graph.notify.notices.types import Notice
from gateway.graph.relay import LOADERS
from gateway.live import Listener
from gateway.protocol.calling import calls
from gateway.rpc import Refused


class NoticeSubscriptions(graphene.ObjectType):
    """The viewer's own notices, as they come."""

    notice_received = graphene.Field(
        Notice, description="Each notice that comes into the viewer's inbox from now on; null if it cannot be read."
    )

    async def subscribe_notice_received(self: Any, info: GraphQLResolveInfo) -> AsyncIterator[str]:
        if not info.context.identity:
            raise Refused([SignInRequired()])
        # listening begins here, before the caller is told that it is subscribed
        return _received(info.context.live.listen(NoticeIssued, info.context.identity.id))

    @calls
    async def resolve_notice_received(self: str, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Notice"]).load(self)


async def _received(messages: Listener[NoticeIssued]) -> AsyncIterator[str]:
    """The ids of a person's new notices."""
    try:
        async for message in messages:
            yield message.notice_id
    finally:
        await messages.aclose()
