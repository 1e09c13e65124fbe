"""What can be done about notices through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.notify.notices.types import Notice
from gateway.graph.relay import Command, node_id


class MarkNoticeRead(Command):
    """Note that the viewer has seen one of their notices; the first time counts."""

    class Meta:
        service = "notify"
        result = "notice"

    class Input:
        notice_id = node_id("Notice", required=True)

    notice = graphene.Field(Notice)


class MarkAllRead(Command):
    """Note that the viewer has seen all of their notices."""

    class Meta:
        service = "notify"

    class Input:
        """Nothing besides the idempotency key."""

    unread_count = graphene.Int()


class NoticeMutations(graphene.ObjectType):
    mark_notice_read = MarkNoticeRead.Field()
    mark_all_read = MarkAllRead.Field()
