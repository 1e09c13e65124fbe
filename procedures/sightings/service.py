"""Sightings in a service: kept as long as those concerned may want to see them, and then dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy import delete, select

from kit.calls.service import Service
from kit.data.db import Session
from kit.settings import Keeping
from kit.work.tidying import tidies
from procedures.sightings.settings import SightingSettings


class KeptSightingsService(Service):
    """Drops the sightings whose time is over."""

    sightings: ClassVar[tuple[type[Any], ...]]

    @tidies
    def forget_sightings(self, session: Session, keeping: Keeping) -> int:
        """At most a batch of each kind; returns how many of the kind that has most."""
        before = session.now - timedelta(days=self.runtime.settings.of(SightingSettings).days)
        gone = []
        for kind in self.sightings:
            oldest = select(kind.id, kind.created_at).order_by(kind.id).limit(keeping.tidy_batch).subquery()
            ids = select(oldest.c.id).where(oldest.c.created_at < before)
            gone.append(session.execute(delete(kind).where(kind.id.in_(ids))).rowcount)  # type: ignore[attr-defined]
        return int(max(gone, default=0))
