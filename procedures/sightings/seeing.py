"""Seeing: who has read these things, the newest first, whichever of them was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import aliased

from contracts.browsing import Stretch
from kit.data.db import Session
from kit.data.paging import Page, page


def sightings_of(session: Session, sightings: type[Any], things: Sequence[str], stretch: Stretch) -> Page[Any]:
    """Those of any of these things; each thing is read by its index, and no further than the page goes.

    PostgreSQL merges what stands in the order of the page already, and else would read and sort all.
    """
    order = sightings.id.asc() if stretch.backwards else sightings.id.desc()
    parts = [select(sightings).where(sightings.thing == thing).order_by(order).subquery() for thing in things]
    seen = aliased(sightings, union_all(*(select(part) for part in parts)).subquery())
    return page(session, select(seen).order_by(seen.id.desc()), stretch)


def view(sighting: Any) -> dict[str, Any]:
    """How one looks to those concerned; nobody was asked why."""
    return {
        "id": sighting.id,
        "seen_by": sighting.seen_by,
        "what": sighting.what,
        "purpose": "",
        "created_at": sighting.created_at,
    }
