"""Notices on the wire: what is heard and told on, and each person's own inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from contracts.base import Message
from contracts.forms import ByIds
from contracts.notify import notices_forms as forms
from kit.calls.hooks import RESTORED, hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.right import SIGNED_IN
from kit.work.timers import on_due
from services.notify.directory.model import MEMBERSHIPS_KEPT, ROLES_KEPT
from services.notify.notices import commands, queries
from services.notify.notices.model import ISSUED, NEXT_WAVE, NewNotice, Notice
from services.notify.notices.schemas import notice_stub, notice_view
from services.notify.notices.settings import NoticeLimits
from services.notify.rights import OWN_NOTICE
from services.notify.rules.table import MESSAGES


class NoticesService(Service):
    """Everybody reads and marks their own notices, and nobody else's."""

    @on_messages(*MESSAGES)
    def announce(self, session: Session, received: Sequence[Received[Message]]) -> None:
        self._issued(session, commands.announce(session, received, self._most))

    @on_due(NEXT_WAVE)
    def tell_wave(self, session: Session, place: str) -> None:
        self._issued(session, commands.tell_wave(session, place, self._most))

    @hook(RESTORED)
    def finish_tellings(self, session: Session, _until: datetime) -> None:
        self._issued(session, commands.finish_tellings(session, self._most))

    @hook(ROLES_KEPT)
    def tell_holders_late(self, session: Session, grants: Mapping[str, Received[Any]]) -> None:
        self._issued(session, commands.tell_holders_late(session, grants, self._most))

    @hook(MEMBERSHIPS_KEPT)
    def tell_members_late(self, session: Session, memberships: Mapping[str, Received[Any]]) -> None:
        self._issued(session, commands.tell_members_late(session, memberships, self._most))

    @query(forms.Notices, right=SIGNED_IN)
    def notices(self, session: Session, **which: Any) -> dict[str, Any]:
        locale = session.context.locale
        page = queries.notices(session, **which)
        return page.view(notice_view(locale, queries.names_in(session, page.rows)), notice_stub(locale))

    @query(ByIds, shows=OWN_NOTICE)
    def notices_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Another's notice is passed over, so that `node` finds nothing there."""
        return _seen(session, queries.notices_by_id(session, ids))

    @query(forms.UnreadCount, right=SIGNED_IN)
    def unread_count(self, session: Session) -> int:
        return queries.unread_count(session, self._most.counted)

    @command(forms.MarkNoticeRead, right=SIGNED_IN)
    def mark_notice_read(self, session: Session, *, notice_id: str) -> dict[str, Any]:
        notice = queries.notice(session, notice_id)
        return _seen(session, [commands.mark_notice_read(session, notice=notice)])[0]

    @command(forms.MarkAllRead, right=SIGNED_IN)
    def mark_all_read(self, session: Session) -> dict[str, Any]:
        commands.mark_all_read(session)
        return {"unread_count": queries.unread_count(session, self._most.counted)}

    @property
    def _most(self) -> NoticeLimits:
        return self.runtime.settings.of(NoticeLimits)

    def _issued(self, session: Session, notices: Sequence[NewNotice]) -> None:
        for follow in self.hooked(ISSUED):
            follow(session, notices)


def _seen(session: Session, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """How these look in the viewer's language, or that one of them cannot be shown."""
    locale = session.context.locale
    return rendered(notices, notice_view(locale, queries.names_in(session, notices)), notice_stub(locale))
