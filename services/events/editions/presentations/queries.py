"""What can be asked about presentations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from kit.data.db import Session
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import visible
from services.events.editions.presentations.model import Presentation


def presentations(session: Session, *, competition_ids: list[str]) -> Sequence[Presentation]:
    """How these editions present themselves now, as far as the viewer may know of them."""
    version = aliased(Presentation)
    newest = select(func.max(version.number)).where(version.edition_id == Edition.id).scalar_subquery()
    in_force = (Presentation.edition_id == Edition.id) & (Presentation.number == newest)
    query = select(Presentation).join(Edition, in_force)
    return session.scalars(query.where(Edition.id.in_(competition_ids), visible(session))).all()


def presented(session: Session, edition_id: str) -> Presentation | None:
    """How an edition presents itself now, if it has said anything."""
    versions = select(Presentation).where(Presentation.edition_id == edition_id)
    return session.scalar(versions.order_by(Presentation.number.desc()).limit(1))
