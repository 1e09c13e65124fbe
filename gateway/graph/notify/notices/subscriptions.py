"""What is told of notices as they are issued, and what somebody missed meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify import notices_forms as forms
from contracts.notify.notices import NoticeIssued
from contracts.refusals import SignInRequired
from gateway.graph.inputs import ask
from gateway.graph.notify.notices.types import Notice
from gateway.graph.relay import LOADERS, local_id
from gateway.live import Arrival, Listener
from gateway.protocol.calling import calls
from gateway.protocol.faults import Fault
from gateway.rpc import Refused

MOST_MISSED = 100
"""Notices that are told of again: the largest page. Whoever missed more asks for them page by page."""


class Missed(Arrival[NoticeIssued]):
    """A notice that was read with all that were missed: nobody asks for it again."""

    def __init__(self, notice: dict[str, Any], recipient: str) -> None:
        super().__init__(NoticeIssued(notice_id=notice["id"], recipient=recipient, rule=notice["rule"]))
        self.notice = notice


class NoticeSubscriptions(graphene.ObjectType):
    """The viewer's own notices, as they come."""

    notice_received = graphene.Field(
        Notice,
        since=graphene.ID(
            description="The last notice that was received before the connection broke: those of the inbox that came after it "
            "are told of first, oldest first. Of 100 or more none is: the error is FELL_BEHIND, and `notices` has them all."
        ),
        description="Each notice that comes into the viewer's inbox from now on; null if it cannot be read.",
    )

    async def subscribe_notice_received(
        self: Any, info: GraphQLResolveInfo, since: str | None = None
    ) -> AsyncIterator[Arrival[NoticeIssued]]:
        if not info.context.identity:
            raise Refused([SignInRequired()])
        # listening begins here, before the caller is told that it is subscribed and before what was missed is asked for
        coming = info.context.live.listen(NoticeIssued, info.context.identity.id)
        try:
            missed = await _missed(info, local_id("Notice", since, "since")) if since else []
        except BaseException:
            await coming.aclose()
            raise
        return _received(missed, coming)

    @calls
    async def resolve_notice_received(
        self: Arrival[NoticeIssued], info: GraphQLResolveInfo, since: str | None = None
    ) -> Any:
        """Once for all pages of the person, in each language that they are read in."""
        if isinstance(self, Missed):
            return self.notice

        async def load() -> Any:
            return await info.context.loader(LOADERS["Notice"]).load(self.message.notice_id)

        return await self.once(("notice", info.context.locale), load)


async def _missed(info: GraphQLResolveInfo, since: str) -> list[Missed]:
    """The notices of the viewer's inbox that came after this one, oldest first; ids are in the order of time (UUID version 7)."""
    page = await ask(info, forms.Notices, {"first": MOST_MISSED})
    later = [notice for notice in page["nodes"] if notice["id"] > since]
    if page["has_next"] and len(later) == len(page["nodes"]):
        raise Fault("FELL_BEHIND")
    return [Missed(notice, info.context.identity.id) for notice in reversed(later)]


async def _received(missed: list[Missed], coming: Listener[NoticeIssued]) -> AsyncIterator[Arrival[NoticeIssued]]:
    """A person's notices, each once: what they missed, then what comes."""
    told = {each.message.notice_id for each in missed}
    try:
        for each in missed:
            yield each
        async for arrival in coming:
            if arrival.message.notice_id not in told:
                yield arrival
    finally:
        await coming.aclose()
