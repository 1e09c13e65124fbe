"""Returning: on the return date every free place goes back up, and is given out again by the rule."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kit.data.db import Session
from services.events.admission.allocation.commands import return_unused
from services.events.admission.allocation.reallocating import reallocate_places
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.moving import move_up
from services.events.editions.editions.model import Edition, Track
from services.events.editions.phases.model import Phase


def return_quotas(session: Session, phase: Phase) -> None:
    """End the phase of return: what is unused comes back to the root, which gives it out again."""
    whole = joinedload(Track.edition).joinedload(Edition.series)
    mine = select(Track).where(Track.edition_id == phase.edition_id).order_by(Track.id).options(whole)
    return_unused(session, tracks=session.scalars(mine).all())
    its_track = joinedload(Quota.track).joinedload(Track.edition).joinedload(Edition.series)
    roots = (
        select(Quota)
        .join(Quota.track)
        .where(Track.edition_id == phase.edition_id, Quota.parent_id.is_(None), Quota.closed.is_(False))
        .options(its_track)
    )
    for root in session.scalars(roots, execution_options={"populate_existing": True}).all():
        reallocate_places(session, quota=root)
        move_up(session, [root.id])
