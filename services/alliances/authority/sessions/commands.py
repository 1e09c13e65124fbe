"""What can be done about sessions: end those of a person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contracts.alliances.authority.sessions import SessionsEnded
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.authority.sessions.model import EndedSessions


def end_sessions(session: Session, *, person: str) -> EndedSessions:
    """Let no token of a person count that was issued until now; every gateway hears of it."""
    query = select(EndedSessions).where(EndedSessions.person == person).with_for_update()
    ended = session.scalars(query).one_or_none() or EndedSessions(id=new_id(), created_at=session.now, person=person)
    ended.ended_at = session.now
    session.add(ended)
    record(session, ended, SessionsEnded(person=person, ended_at=ended.ended_at))
    try:
        session.flush()
    except IntegrityError as error:
        raise StaleDataError("somebody else ended them at the same moment") from error  # the command is tried again
    return ended
