"""The forms of a person's inbox: reading notices and marking them read."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, Nothing, flag, identifier


class Notices(Browsed):
    """The viewer's inbox, newest first."""

    unread = flag(required=False, says="Only notices that are unread.")
    gathered_by = identifier("Notice", required=False, says="Only those that this notice has gathered.")
    order_by = ordered(ByAge, ByAge.NEWEST)


class UnreadCount(Nothing):
    """How many of the viewer's notices are unread."""


class MarkNoticeRead(Input):
    """Mark one of the viewer's notices as read; the first time counts."""

    notice_id = identifier("Notice", says="The notice that was read.")


class MarkAllRead(Nothing):
    """Mark all of the viewer's notices as read."""
