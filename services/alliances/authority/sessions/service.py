"""Sessions on the wire: a person or the hub office ends them, and every gateway asks for the list when it starts."""

from __future__ import annotations

from typing import Any

from contracts.alliances.authority import sessions_forms as forms
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.alliances.authority.sessions import commands, queries
from services.alliances.authority.sessions.schemas import ended_view, listed_view
from services.alliances.rights import ENDS_SESSIONS


class SessionsService(Service):
    """Sessions that were ended before their tokens."""

    @command(forms.EndSessions, right=ENDS_SESSIONS)
    def end_sessions(self, session: Session, *, person: str) -> dict[str, Any]:
        require(session, ENDS_SESSIONS, person=person)
        return ended_view(commands.end_sessions(session, person=person))

    @query(forms.EndedSessions)
    def ended_sessions(self, session: Session, **which: Any) -> dict[str, Any]:
        """A gateway asks as nobody in particular, so the list is for everybody and names nobody."""
        return queries.ended_sessions(session, **which).view(listed_view)
