"""Holding: scores that a result rests on stand with it; once it is announced they change by an objection alone."""

from __future__ import annotations

from sqlalchemy import exists, select

from contracts.events.fixtures.fixtures import ScoreAnnounced, ScoreProposed
from contracts.events.judging.objections import ObjectionStatus
from kit.data.db import Session
from services.events.editions.editions.model import Stage
from services.events.judging.objections.model import Objection
from services.events.judging.results.queries import result_of


def check_score_open(session: Session, stage: Stage) -> None:
    """Go on only where no version of the stage's result rests on its scores, or an upheld objection waits for its remedy.

    Refuses with ScoreProposed or ScoreAnnounced; the caller holds the fixtures, as whoever proposes a result does.
    """
    result = result_of(session, stage.id)
    if result is None:
        return
    if result.proposed:
        raise ScoreProposed("fixtureId")
    upheld = exists().where(Objection.result_id == result.id, Objection.status == ObjectionStatus.UPHELD)
    if result.announced and not session.scalar(select(upheld)):
        raise ScoreAnnounced("fixtureId")
