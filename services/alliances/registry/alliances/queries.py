"""What can be asked of alliances; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.alliances.registry.alliances import AllianceKind
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from procedures.search.finding import Search, found
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.regions import lies_in


def alliance(session: Session, alliance_id: str) -> Alliance:
    """The alliance; refuses with NotFound."""
    alliance = session.get(Alliance, alliance_id)
    if alliance is None:
        raise NotFound("allianceId")
    return alliance


def alliances(
    session: Session,
    *,
    kind: AllianceKind | None = None,
    region: str | None = None,
    search: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Alliance]:
    """Alliances of a kind, led in a region, in the order of their entry; with a `search` those that it finds, in its order."""
    of_kind = [Alliance.kind == kind] if kind else []
    chosen = [*of_kind, *([lies_in(Alliance.region, region)] if region else [])]
    if search:
        return found(session, Alliance, Search(search, chosen=chosen), first=first, after=after)
    return page(session, select(Alliance).where(*chosen).order_by(Alliance.id), first=first, after=after)


def alliances_by_id(session: Session, ids: list[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, in no particular order."""
    return session.scalars(select(Alliance).where(Alliance.id.in_(ids))).all()
