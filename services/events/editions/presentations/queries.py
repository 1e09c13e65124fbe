"""What can be asked about presentations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from kit.data.db import Session
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import visible
from services.events.editions.presentations.model import Presentation


def presentations(session: Session, *, competition_ids: list[str]) -> Sequence[Presentation]:
    """How these editions present themselves now, as far as the viewer may know of them."""
    newest = select(Presentation.edition_id, func.max(Presentation.number).label("number"))
    newest = newest.where(Presentation.edition_id.in_(competition_ids)).group_by(Presentation.edition_id)
    last = newest.subquery()
    in_force = (Presentation.edition_id == last.c.edition_id) & (Presentation.number == last.c.number)
    query = select(Presentation).join(last, in_force).join(Edition, Edition.id == Presentation.edition_id)
    return session.scalars(query.where(Edition.id.in_(competition_ids), visible(session))).all()


def presented(session: Session, edition_id: str) -> Presentation | None:
    """How an edition presents itself now, if it has said anything."""
    versions = select(Presentation).where(Presentation.edition_id == edition_id)
    return session.scalar(versions.order_by(Presentation.number.desc()).limit(1))
