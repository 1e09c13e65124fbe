"""Keeping: what published results say of an entry is not erased, nor in their time what shows its work."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from contracts.events.admission.entries import ResultNeedsIt
from contracts.events.judging.results import VersionStatus
from kit.data.db import Session
from services.events.admission.entries.model import Entry
from services.events.judging.results.model import Result, ResultRow, ResultVersion

KEEPS = (VersionStatus.PROPOSED, VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED)
"""The versions of a result that go on saying what they say; one that was taken back before anybody saw it does not."""


def needed_until(session: Session, entry: Entry, days: int) -> datetime:
    """Until when what shows an entry's work is kept for results in which it has a place: so many days after the last is final.

    While one is not final yet it is to be asked again a day later; one of a competition that is cancelled for good never
    will be, and counts from when that was certain. The past where there is none.
    """
    placed = (
        select(Result.final_at)
        .join(ResultVersion, ResultVersion.result_id == Result.id)
        .join(ResultRow, ResultRow.version_id == ResultVersion.id)
        .where(ResultRow.entry_id == entry.id, ResultRow.place.is_not(None), ResultVersion.status.in_(KEEPS))
    )
    edition = entry.track.edition
    certain = edition.reinstatable_until if edition.cancelled_for_good(session.now) else None
    final = [at or certain for at in session.scalars(placed)]
    if None in final:
        return session.now + timedelta(days=1)
    return max((at + timedelta(days=days) for at in final if at), default=session.now)


def check_not_needed(session: Session, entry: Entry) -> None:
    """Go on only if no version of a result that is or was published, or that is about to be, includes the entry."""
    includes = (
        ResultRow.entry_id == entry.id,
        ResultVersion.id == ResultRow.version_id,
        ResultVersion.status.in_(KEEPS),
    )
    if session.scalar(select(exists().where(*includes))):
        raise ResultNeedsIt("entryId")
