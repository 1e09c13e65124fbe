"""Notices on the wire: what is heard and told on, and each person's own inbox."""

from __future__ import annotations

from typing import Any

from contracts.base import Message
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights.right import SIGNED_IN
from kit.wire.envelope import Envelope
from services.notify.notices import commands, queries, schemas
from services.notify.notices.rules import MESSAGES
from services.notify.notices.schemas import notice_view
from services.notify.rights import OWN_NOTICE


class NoticesService(Service):
    """Everybody reads and marks their own notices, and nobody else's."""

    @on_message(*MESSAGES)
    def announce(self, session: Session, message: Message, envelope: Envelope) -> None:
        commands.announce(session, message, envelope)

    @query(schemas.Notices, right=SIGNED_IN)
    def notices(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.notices(session, **which).view(notice_view(session.context.locale))

    @query(schemas.ByIds, shows=OWN_NOTICE)
    def notices_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Another's notice is passed over, so that `node` finds nothing there."""
        view = notice_view(session.context.locale)
        return [view(found) for found in queries.notices_by_id(session, ids)]

    @query(schemas.Nothing, right=SIGNED_IN)
    def unread_count(self, session: Session) -> int:
        return queries.unread_count(session)

    @command(schemas.One, right=SIGNED_IN)
    def mark_notice_read(self, session: Session, *, notice_id: str) -> dict[str, Any]:
        notice = queries.notice(session, notice_id)
        return notice_view(session.context.locale)(commands.mark_notice_read(session, notice=notice))

    @command(schemas.Nothing, right=SIGNED_IN)
    def mark_all_read(self, session: Session) -> dict[str, Any]:
        commands.mark_all_read(session)
        return {"unread_count": queries.unread_count(session)}
