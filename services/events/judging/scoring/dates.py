"""Dates of score sheets: by when a judge submits those of a stage."""

from __future__ import annotations

from sqlalchemy import exists, select

from contracts.agenda import DateKind
from contracts.events.editions.phases import PhaseKind
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.editions.phases.model import Phase
from services.events.judging.judges.model import LIVE, Assignment, Seat
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.queries import ITS_SHEET, SUBMITTED


def _sheets(session: Session) -> DueRows:
    """The stages in which the viewer has sheets to write; done where none of them is left."""
    submitted = exists().where(ITS_SHEET, Sheet.status.in_(SUBMITTED))
    assigned = select(Assignment.id).where(Assignment.seat_id == Seat.id)
    return (
        select(Stage.id, Phase.closes_at, ~assigned.where(~submitted).exists())
        .select_from(Seat)
        .join(Stage, Stage.id == Seat.stage_id)
        .join(Phase, (Phase.round_id == Stage.round_id) & (Phase.kind == PhaseKind.JUDGING))
        .join(Edition, Edition.id == Stage.edition_id)
        .where(Seat.person == session.viewer.id, Seat.status.in_(LIVE), assigned.exists(), TAKES_PLACE)
    )


DATES = (Dates(kind=DateKind.SHEETS, subject="stage", rows=_sheets, action="submit_sheet"),)
