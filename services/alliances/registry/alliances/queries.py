"""What can be asked of alliances; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from contracts.alliances.registry.alliances import AllianceKind, AllianceStage
from contracts.names import name_key
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.regions import lies_in


def alliance(session: Session, alliance_id: str) -> Alliance:
    """The alliance; refuses with NotFound."""
    found = session.get(Alliance, alliance_id)
    if found is None:
        raise NotFound("allianceId")
    return found


def alliance_to_change(session: Session, alliance_id: str) -> Alliance:
    """The alliance with all of its names, old and to come; refuses with NotFound."""
    found = session.find(Alliance, alliance_id, selectinload(Alliance.official))
    if found is None:
        raise NotFound("allianceId")
    return found


def is_borne(session: Session, alliance: Alliance, name_zh: str) -> bool:
    """Whether another alliance that goes on in the same region has the name."""
    query = select(Alliance.id).where(
        Alliance.name_key == name_key(name_zh),
        Alliance.region.is_not_distinct_from(alliance.region),
        Alliance.stage != AllianceStage.DISSOLVED,
        Alliance.id != alliance.id,
    )
    return session.scalar(query.limit(1)) is not None


def alliances_with_names(session: Session, ids: Collection[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, with their official names, in no particular order."""
    query = select(Alliance).where(Alliance.id.in_(ids))
    return session.scalars(query.options(selectinload(Alliance.official))).all()


def alliances(
    session: Session,
    *,
    kind: AllianceKind | None = None,
    region: str | None = None,
    stage: AllianceStage | None = None,
    parent_id: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Alliance]:
    """Alliances in the order of their entry: of a kind, led in a region, at a stage, belonging to another."""
    query = select(Alliance).order_by(Alliance.id)
    if kind:
        query = query.where(Alliance.kind == kind)
    if region:
        query = query.where(lies_in(Alliance.region, region))
    if stage:
        query = query.where(Alliance.stage == stage)
    if parent_id:
        query = query.where(Alliance.parent_id == parent_id)
    return page(session, query, first=first, after=after)


def alliances_by_id(session: Session, ids: list[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, in no particular order."""
    return session.scalars(select(Alliance).where(Alliance.id.in_(ids))).all()
