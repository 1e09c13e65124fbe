"""What is asked before somebody enters: what stands already."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, tuple_

from kit.data.db import Session
from services.events.admission.entering.admitting import NewEntry
from services.events.admission.entries.model import STANDING, Entry


def stands(session: Session, new: NewEntry) -> bool:
    """Whether the organisation has entered this contestant in this track."""
    return bool(standing(session, [new]))


def standing(session: Session, new: Collection[NewEntry]) -> set[tuple[str, str, str]]:
    """The track, organisation and contestant of those of these entries that stand already."""
    named = tuple_(Entry.track_id, Entry.organization_id, Entry.contestant)
    wanted = [(each.track.id, each.organization.id, each.contestant) for each in new]
    query = select(Entry.track_id, Entry.organization_id, Entry.contestant).where(
        named.in_(wanted), Entry.status.in_(STANDING), Entry.erased_at.is_(None)
    )
    return {(track_id, own_id, contestant) for track_id, own_id, contestant in session.execute(query)}
