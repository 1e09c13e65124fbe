"""Sessions: the moment until which the tokens of a person are worth nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kit.data.subjects import Subject
from services.alliances.tables import AlliancesTable


class EndedSessions(Subject, AlliancesTable):
    """That the sessions of a person were ended (强制下线), the last time. One row a person."""

    __tablename__ = "ended_sessions"
    subject = "ended_sessions"
    __table_args__ = (
        Index("uq_ended_sessions_person", "person", unique=True),
        Index("ix_ended_sessions_moment", "ended_at", "id"),
    )

    person: Mapped[str]
    ended_at: Mapped[datetime]
