"""What can be asked of alliances; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from contracts.alliances.registry.alliances import AllianceKind, AllianceStage
from contracts.browsing import START, Stretch
from contracts.names import name_key
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, or_by_name, page
from procedures.search.finding import Search, found
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.regions import lies_in


def alliance(session: Session, alliance_id: str) -> Alliance:
    """The alliance; refuses with NotFound."""
    alliance = session.get(Alliance, alliance_id)
    if alliance is None:
        raise NotFound("allianceId")
    return alliance


def alliance_to_change(session: Session, alliance_id: str) -> Alliance:
    """The alliance with all of its names, old and to come; refuses with NotFound."""
    alliance = session.find(Alliance, alliance_id, selectinload(Alliance.official))
    if alliance is None:
        raise NotFound("allianceId")
    return alliance


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
    search: str | None = None,
    stretch: Stretch = START,
) -> Page[Alliance]:
    """Alliances of a kind, led in a region, at a stage, belonging to another, in the order of their entry.

    With a `search` those whose names it finds, in its order.
    """
    chosen = list(_chosen(kind, region, stage, parent_id))
    if search:
        return found(session, Alliance, Search(search, chosen=chosen), stretch)
    orders = or_by_name(by_age(Alliance.id), Alliance.sort_key, Alliance.id)
    return page(session, select(Alliance).where(*chosen), stretch, orders=orders)


def _chosen(
    kind: AllianceKind | None, region: str | None, stage: AllianceStage | None, parent_id: str | None
) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield Alliance.kind == kind
    if region:
        yield lies_in(Alliance.region, region)
    if stage:
        yield Alliance.stage == stage
    if parent_id:
        yield Alliance.parent_id == parent_id


def alliances_by_id(session: Session, ids: list[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, in no particular order."""
    return session.scalars(select(Alliance).where(Alliance.id.in_(ids))).all()
