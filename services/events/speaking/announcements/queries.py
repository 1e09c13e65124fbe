"""What can be asked about announcements: by those who have heard them, by everybody where they are public, by organisers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
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
from services.events.speaking.seeing import seen_within

_ITS_EDITION = joinedload(Announcement.edition).joinedload(Edition.series)
_WHOLE = (
    _ITS_EDITION,
    joinedload(Announcement.edition).selectinload(Edition.tracks),
    joinedload(Announcement.corrects),
)
_KEYS: dict[str, Any] = {
    "announcement_id": Announcement.id,
    "public": and_(Announcement.public, Announcement.status.not_in(UNSAID)),
}
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
    within = Announcement.edition_id == found.id
    seen = seen_within(session, SEES_ANNOUNCEMENT, Announcement.id, within, **_KEYS, series_id=found.series_id)
    query = select(Announcement).where(within, seen)
    return page(session, query.options(*_WHOLE), stretch, orders=newest_first(Announcement.id))


def announcements_by_id(session: Session, ids: list[str]) -> Sequence[Announcement]:
    """Those of these announcements that the viewer may see, in no particular order."""
    query = select(Announcement).join(Announcement.edition).where(Announcement.id.in_(ids))
    query = query.where(SEES_ANNOUNCEMENT.rows(session, **_KEYS, series_id=Edition.series_id))
    return session.scalars(query.options(*_WHOLE)).all()


def going_around(session: Session, announcement: Announcement, since: datetime, until: datetime, *, most: int) -> int:
    """How many others of the edition go out in this time, both ends left out, counted up to `most`; one counts at a time."""
    session.execute(select(Edition.id).where(Edition.id == announcement.edition_id).with_for_update(key_share=True))
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
