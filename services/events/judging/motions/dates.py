"""Dates of motions: until when one waits for a second person."""

from __future__ import annotations

from sqlalchemy import false, select

from contracts.agenda import DateKind
from contracts.events.judging.motions import MotionStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.judging.motions.model import Motion
from services.events.rights import COUNTERSIGNS


def _motions(session: Session) -> DueRows | None:
    """Those that the viewer may sign and has not proposed."""
    mine = COUNTERSIGNS.rows(session, series_id=Edition.series_id)
    query = select(Motion.id, Motion.lapses_at, false()).join(Edition, Edition.id == Motion.edition_id)
    waits = (Motion.status == MotionStatus.PROPOSED, Motion.lapses_at > session.now, TAKES_PLACE)
    return theirs(query.where(*waits, Motion.proposed_by != session.viewer.id), mine)


DATES = (Dates(kind=DateKind.MOTION, subject="motion", rows=_motions, action="countersign_motion"),)
