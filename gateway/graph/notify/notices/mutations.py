"""What can be done about notices through the graph."""

from __future__ import annotations

import graphene

from contracts.notify import notices_forms as forms
from gateway.graph.commands import command
from gateway.graph.notify.notices.types import Notice


class NoticeMutations(graphene.ObjectType):
    """The viewer's own notices are marked read here."""

    mark_notice_read = command(forms.MarkNoticeRead, gives=Notice)
    mark_all_read = command(
        forms.MarkAllRead, answers={"unread_count": graphene.Int(description="How many are unread afterwards: none.")}
    )
