"""Dates of objections: until when they can be filed, and by when a panel decides, and remedies what it upheld."""

from __future__ import annotations

from sqlalchemy import false, select

from contracts.agenda import DateKind
from contracts.events.judging.results import VersionStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.judging.objections.model import UNDECIDED, ArbitratorSeat, Objection
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.rights import STANDS_FOR


def _to_decide(session: Session) -> DueRows:
    """Those on whose panel the viewer sits; done where they have voted."""
    voted = ArbitratorSeat.upholds.is_not(None)
    query = _before_a_panel(select(Objection.id, Objection.decision_due_at, voted))
    sits = (ArbitratorSeat.person == session.viewer.id, ArbitratorSeat.left_at.is_(None))
    return query.where(*sits, Objection.status.in_(UNDECIDED))


def _to_remedy(session: Session) -> DueRows:
    """Those that the panel on which the viewer sits has upheld; done once they are closed."""
    query = _before_a_panel(select(Objection.id, Objection.remedy_due_at, Objection.closed_at.is_not(None)))
    sits = (ArbitratorSeat.person == session.viewer.id, ArbitratorSeat.left_at.is_(None))
    sees_to_it = ArbitratorSeat.upholds.is_not(False)
    return query.where(*sits, sees_to_it, Objection.remedy_due_at.is_not(None))


def _before_a_panel(query: DueRows) -> DueRows:
    """With the seats of each objection, of what takes place."""
    seats = query.join(ArbitratorSeat, ArbitratorSeat.objection_id == Objection.id)
    held = seats.join(Result, Result.id == Objection.result_id).join(Edition, Edition.id == Result.edition_id)
    return held.where(TAKES_PLACE)


def _to_file(session: Session) -> DueRows | None:
    """The announced results in which an entry of the viewer's own stands; whether they object is theirs to say."""
    mine = STANDS_FOR.exactly().rows(
        session,
        organization_id=ResultRow.organization_id,
        province=ResultRow.province,
        series_id=Edition.series_id,
    )
    its_rows = select(ResultRow.version_id).join(ResultVersion, ResultVersion.id == ResultRow.version_id)
    announced = (ResultVersion.result_id == Result.id, ResultVersion.status == VersionStatus.ANNOUNCED)
    own = its_rows.where(*announced, mine).correlate(Result, Edition).exists()
    query = select(Result.id, Result.objections_until, false()).join(Edition, Edition.id == Result.edition_id)
    return theirs(query.where(Result.objections_until.is_not(None), TAKES_PLACE), false() if mine is false() else own)


DATES = (
    Dates(kind=DateKind.OBJECTION, subject="objection", rows=_to_decide, action="vote_on_objection"),
    Dates(kind=DateKind.REMEDY, subject="objection", rows=_to_remedy, action="open_rejudging"),
    Dates(kind=DateKind.OBJECTIONS, subject="result", rows=_to_file, action="file_objection"),
)
