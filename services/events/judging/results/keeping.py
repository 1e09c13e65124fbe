"""Keeping: what published results say of an entry is not erased."""

from __future__ import annotations

from sqlalchemy import exists, select

from contracts.events.admission.entries import ResultNeedsIt
from contracts.events.judging.results import VersionStatus
from kit.data.db import Session
from services.events.admission.entries.model import Entry
from services.events.judging.results.model import ResultRow, ResultVersion

KEEPS = (VersionStatus.PROPOSED, VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED)
"""The versions of a result that go on saying what they say; one that was taken back before anybody saw it does not."""


def check_not_needed(session: Session, entry: Entry) -> None:
    """Go on only if no version of a result that is or was published, or that is about to be, includes the entry."""
    includes = (
        ResultRow.entry_id == entry.id,
        ResultVersion.id == ResultRow.version_id,
        ResultVersion.status.in_(KEEPS),
    )
    if session.scalar(select(exists().where(*includes))):
        raise ResultNeedsIt("entryId")
