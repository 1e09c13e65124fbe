"""Dates of judges: by when a seat that somebody was drawn for is answered."""

from __future__ import annotations

from sqlalchemy import select

from contracts.agenda import DateKind
from contracts.events.editions.phases import PhaseKind
from contracts.events.judging.judges import SeatStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.editions.phases.model import Phase
from services.events.judging.judges.model import LIVE, Seat


def _seats(session: Session) -> DueRows:
    return (
        select(Seat.id, Phase.opens_at, Seat.status == SeatStatus.ACCEPTED)
        .join(Stage, Stage.id == Seat.stage_id)
        .join(Phase, (Phase.round_id == Stage.round_id) & (Phase.kind == PhaseKind.JUDGING))
        .join(Edition, Edition.id == Stage.edition_id)
        .where(Seat.person == session.viewer.id, Seat.status.in_(LIVE), TAKES_PLACE)
    )


DATES = (Dates(kind=DateKind.SEAT, subject="seat", rows=_seats, action="accept_seat"),)
