"""What can be done about series: found one."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.events.editions import competitions as say
from contracts.events.editions.competitions import SeriesKnown
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.events.directory.queries import check_alliance
from services.events.editions.series.model import Series


def found_series(session: Session, *, name_zh: str, name_en: str, alliance_id: str | None = None) -> Series:
    """Enter a competition series; refuses a name that is taken and an alliance that is not known."""
    series = Series(
        id=new_id(),
        created_at=session.now,
        name_zh=name_zh,
        name_en=name_en,
        alliance_id=check_alliance(session, alliance_id),
    )
    session.add(series)
    record(session, series, say.SeriesFounded(series=series.named, alliance_id=series.alliance_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise SeriesKnown("nameZh") from error
    return series
