"""Dates of phases: when each ends, for those who run the competition."""

from __future__ import annotations

from sqlalchemy import select

from contracts.agenda import DateKind
from contracts.events.editions.phases import PhaseState
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.editions.phases.model import Phase
from services.events.rights import RUNS


def _phases(session: Session) -> DueRows | None:
    query = select(Phase.id, Phase.closes_at, Phase.state == PhaseState.CLOSED)
    run = RUNS.exactly().rows(session, series_id=Edition.series_id)
    return theirs(query.join(Edition, Edition.id == Phase.edition_id).where(TAKES_PLACE), run)


DATES = (Dates(kind=DateKind.PHASE, subject="phase", rows=_phases),)
