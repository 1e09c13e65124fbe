"""What can be asked about series."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, page
from services.events.editions.series.model import AllianceConsent, Series


def series_by_id(session: Session, ids: list[str]) -> Sequence[Series]:
    """Those of these series that exist, in no particular order."""
    return session.scalars(select(Series).where(Series.id.in_(ids))).all()


def one_series(session: Session, series_id: str) -> Series:
    """The series; refuses with NotFound."""
    found = session.get(Series, series_id)
    if found is None:
        raise NotFound("seriesId")
    return found


def alliance_consents(session: Session, *, series_id: str, stretch: Stretch = START) -> Page[AllianceConsent]:
    """The alliances that have consented to a series, by their ids."""
    query = select(AllianceConsent).where(AllianceConsent.series_id == series_id)
    return page(session, query.order_by(AllianceConsent.alliance_id), stretch)


def all_series(session: Session, *, stretch: Stretch = START) -> Page[Series]:
    """Every series in the order of their entry."""
    return page(session, select(Series), stretch, orders=by_age(Series.id))
