"""Notices on the wire: what is heard and told on, and each person's own inbox."""

from __future__ import annotations

from typing import Any

from contracts.base import Message
from contracts.forms import ByIds
from contracts.notify import notices_forms as forms
from kit.authz import require_signed_in
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.wire.envelope import Envelope
from services.notify.notices import commands, queries
from services.notify.notices.rules import MESSAGES
from services.notify.notices.schemas import notice_view


class NoticesService(Service):
    """Everybody reads and marks their own notices, and nobody else's."""

    @on_message(*MESSAGES)
    def announce(self, session: Session, message: Message, envelope: Envelope) -> None:
        commands.announce(session, message, envelope)

    @query(forms.Notices)
    def notices(self, session: Session, **which: Any) -> dict[str, Any]:
        require_signed_in(session)
        return queries.notices(session, **which).view(notice_view(session.context.locale))

    @query(ByIds)
    def notices_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Another's notice is passed over, so that `node` finds nothing there."""
        view = notice_view(session.context.locale)
        return [view(found) for found in queries.notices_by_id(session, ids)]

    @query(forms.UnreadCount)
    def unread_count(self, session: Session) -> int:
        require_signed_in(session)
        return queries.unread_count(session)

    @command(forms.MarkNoticeRead)
    def mark_notice_read(self, session: Session, *, notice_id: str) -> dict[str, Any]:
        require_signed_in(session)
        notice = queries.notice(session, notice_id)
        return notice_view(session.context.locale)(commands.mark_notice_read(session, notice=notice))

    @command(forms.MarkAllRead)
    def mark_all_read(self, session: Session) -> dict[str, Any]:
        require_signed_in(session)
        commands.mark_all_read(session)
        return {"unread_count": queries.unread_count(session)}
