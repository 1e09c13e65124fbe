"""Participants (参赛者): the entries that compete in a stage, with whom it begins."""

from __future__ import annotations

from sqlalchemy import func, select

from contracts.events.editions import competitions as said
from contracts.events.editions.competitions import StageStatus
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Edition, Stage


def open_stage(session: Session, edition: Edition, stage: Stage) -> None:
    """Let a stage begin with those who are its participants now."""
    stage.status = StageStatus.RUNNING
    count = select(func.count()).where(Participant.stage_id == stage.id)
    track = next(track for track in edition.tracks if track.id == stage.track_id)
    holding = next(each for each in edition.rounds if each.id == stage.round_id)
    record(
        session,
        stage,
        said.StageOpened(
            stage_id=stage.id,
            competition=edition.named,
            track=track.named,
            round=holding.named,
            edition=edition.number,
            series_id=edition.series_id,
            participants=session.scalar(count) or 0,
        ),
    )
