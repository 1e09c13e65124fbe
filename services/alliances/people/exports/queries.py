"""What can be asked about exports of a person: those that the viewer has asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from procedures.person_exports.service import ASKED_FOR_EXPORT
from services.alliances.people.exports.model import PersonExport


def person_exports(session: Session, *, stretch: Stretch = START) -> Page[PersonExport]:
    """The viewer's own, the newest first."""
    query = _own(session).order_by(PersonExport.id.desc())
    return page(session, query, stretch)


def person_exports_by_id(session: Session, ids: list[str]) -> Sequence[PersonExport]:
    """Those of these exports that are the viewer's own, in no particular order."""
    return session.scalars(_own(session).where(PersonExport.id.in_(ids))).all()


def count_asked(session: Session, since: datetime) -> int:
    """How many the viewer has asked for since a moment."""
    asked = _own(session).where(PersonExport.created_at > since)
    return session.scalar(select(func.count()).select_from(asked.subquery())) or 0


def _own(session: Session) -> Select[PersonExport]:
    return select(PersonExport).where(ASKED_FOR_EXPORT.rows(session, asked_by=PersonExport.asked_by))
