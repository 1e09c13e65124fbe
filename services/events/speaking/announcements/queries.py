"""What can be asked about announcements: by those who have heard them, by everybody where they are public, by organisers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, false, func, select
from sqlalchemy.orm import joinedload

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, counted, newest_first, page
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import edition
from services.events.speaking.announcements.hearing import hearers
from services.events.speaking.announcements.model import UNSAID, Announcement
from services.events.speaking.announcements.rights import SEES_ANNOUNCEMENT

_ITS_EDITION = joinedload(Announcement.edition).joinedload(Edition.series)
_WHOLE = (
    _ITS_EDITION,
    joinedload(Announcement.edition).selectinload(Edition.tracks),
    joinedload(Announcement.corrects),
)
SHOWN = 20
"""How many of those whom an announcement would reach are shown."""


def announcement(session: Session, announcement_id: str) -> Announcement:
    """The announcement with its edition, series and tracks, and what it corrects; refuses with NotFound."""
    found = session.find(Announcement, announcement_id, *_WHOLE)
    if found is None:
        raise NotFound("announcementId")
    return found


def announcement_to_say(session: Session, announcement_id: str) -> Announcement:
    """As `announcement`, while nobody else stops it or says it on."""
    session.get(Announcement, announcement_id, with_for_update=True)
    return announcement(session, announcement_id)


def announcements(session: Session, *, competition_id: str, stretch: Stretch = START) -> Page[Announcement]:
    """Those of an edition that the viewer may see, newest first."""
    found = edition(session, competition_id)
    query = select(Announcement).where(Announcement.edition_id == found.id, _seen(session, found.series_id))
    return page(session, query.options(*_WHOLE), stretch, orders=newest_first(Announcement.id))


def announcements_by_id(session: Session, ids: list[str]) -> Sequence[Announcement]:
    """Those of these announcements that the viewer may see, in no particular order."""
    query = select(Announcement).join(Announcement.edition).where(Announcement.id.in_(ids), _seen(session))
    return session.scalars(query.options(*_WHOLE)).all()


def going_around(session: Session, announcement: Announcement, since: datetime, until: datetime, *, most: int) -> int:
    """How many others of the edition go out in this time, both ends left out, counted up to `most`."""
    others = select(Announcement.id).where(
        Announcement.edition_id == announcement.edition_id,
        Announcement.goes_at > since,
        Announcement.goes_at < until,
        Announcement.id != announcement.id,
    )
    return session.scalar(select(func.count()).select_from(others.limit(most).subquery())) or 0


def reach(session: Session, announcement: Announcement) -> tuple[Page[str], list[str]]:
    """How many it would reach now, and the first of them."""
    meant = hearers(session, announcement).subquery().c[0]
    each = select(meant).distinct()
    return counted(session, each), list(session.scalars(each.order_by(meant).limit(SHOWN)))


def _seen(session: Session, series_id: str | None = None) -> ColumnElement[bool]:
    public = case((Announcement.status.in_(UNSAID), false()), else_=Announcement.public)
    series = series_id or Edition.series_id
    return SEES_ANNOUNCEMENT.rows(session, announcement_id=Announcement.id, public=public, series_id=series)
