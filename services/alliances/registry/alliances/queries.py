"""What can be asked of alliances; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.alliances.registry.alliances import AllianceKind
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


def alliances(
    session: Session,
    *,
    kind: AllianceKind | None = None,
    region: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Alliance]:
    """Alliances in the order of their entry: of a kind, led in a region."""
    query = select(Alliance).order_by(Alliance.id)
    if kind:
        query = query.where(Alliance.kind == kind)
    if region:
        query = query.where(lies_in(Alliance.region, region))
    return page(session, query, first=first, after=after)


def alliances_by_id(session: Session, ids: list[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, in no particular order."""
    return session.scalars(select(Alliance).where(Alliance.id.in_(ids))).all()
