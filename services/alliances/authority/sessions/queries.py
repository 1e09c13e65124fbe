"""What can be asked about sessions: whose were ended since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.authority.sessions.model import EndedSessions


def ended_sessions(session: Session, *, since: datetime, stretch: Stretch = START) -> Page[EndedSessions]:
    """Those that were ended at that moment or later, the earliest first."""
    query = select(EndedSessions).where(EndedSessions.ended_at >= since)
    return page(session, query.order_by(EndedSessions.ended_at, EndedSessions.id), stretch)
