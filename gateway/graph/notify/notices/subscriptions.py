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
from gateway.live import Arrival, Listener
from gateway.protocol.calling import calls
from gateway.rpc import Refused


class NoticeSubscriptions(graphene.ObjectType):
    """The viewer's own notices, as they come."""

    notice_received = graphene.Field(
        Notice, description="Each notice that comes into the viewer's inbox from now on; null if it cannot be read."
    )

    async def subscribe_notice_received(self: Any, info: GraphQLResolveInfo) -> AsyncIterator[Arrival[NoticeIssued]]:
        if not info.context.identity:
            raise Refused([SignInRequired()])
        # listening begins here, before the caller is told that it is subscribed
        return _received(info.context.live.listen(NoticeIssued, info.context.identity.id))

    @calls
    async def resolve_notice_received(self: Arrival[NoticeIssued], info: GraphQLResolveInfo) -> Any:
        """Once for all pages of the person, in each language that they are read in."""

        async def load() -> Any:
            return await info.context.loader(LOADERS["Notice"]).load(self.message.notice_id)

        return await self.once(("notice", info.context.locale), load)


async def _received(messages: Listener[NoticeIssued]) -> AsyncIterator[Arrival[NoticeIssued]]:
    """A person's new notices."""
    try:
        async for arrival in messages:
            yield arrival
    finally:
        await messages.aclose()
