"""What can be asked about charters: their versions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.membership.charters.model import Charter


def charters(session: Session, *, alliance_id: str, stretch: Stretch = START) -> Page[Charter]:
    """Every version of one alliance's charter, the first one first."""
    query = select(Charter).where(Charter.alliance_id == alliance_id).order_by(Charter.number)
    return page(session, query, stretch)


def charters_by_id(session: Session, ids: list[str]) -> Sequence[Charter]:
    """Those of these versions that exist, in no particular order."""
    return session.scalars(select(Charter).where(Charter.id.in_(ids))).all()
