"""What can be asked about competitions: everybody sees what is published, those concerned see drafts and entries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from contracts.authority import Role, Scope
from contracts.events import EditionStatus, EntryStatus
from contracts.refusals import NotFound
from kit.authz import Right, holds, require_signed_in, scopes_of
from kit.db import Session
from kit.paging import Page, page
from services.events.competitions.model import Edition, Entry, Quota, Series, Track

_WHOLE_EDITION = (joinedload(Edition.series), selectinload(Edition.tracks))
_ITS_EDITION = joinedload(Track.edition).joinedload(Edition.series)
_WHOLE_ENTRY = (joinedload(Entry.track), joinedload(Entry.edition).joinedload(Edition.series))
_HUB_OFFICE = (Role.HUB_OFFICE, Scope.hub())


def series_by_id(session: Session, ids: list[str]) -> Sequence[Series]:
    """Those of these series that exist, in no particular order."""
    return session.scalars(select(Series).where(Series.id.in_(ids))).all()


def one_series(session: Session, series_id: str) -> Series:
    """The series; refuses with NotFound."""
    found = session.get(Series, series_id)
    if found is None:
        raise NotFound("seriesId")
    return found


def all_series(session: Session, *, first: int | None = None, after: str | None = None) -> Page[Series]:
    """Every series in the order of their entry."""
    return page(session, select(Series).order_by(Series.id), first=first, after=after)


def edition(session: Session, edition_id: str) -> Edition:
    """The edition with its series and tracks; refuses with NotFound."""
    found = session.get(Edition, edition_id, options=_WHOLE_EDITION)
    if found is None:
        raise NotFound("competitionId")
    return found


def competitions(
    session: Session,
    *,
    series_id: str | None = None,
    alliance_id: str | None = None,
    open_now: bool = False,
    drafts: bool = False,
    first: int | None = None,
    after: str | None = None,
) -> Page[Edition]:
    """Editions, newest first: the published ones, or with `drafts` the unpublished ones that the viewer organises."""
    query = select(Edition).options(*_WHOLE_EDITION).order_by(Edition.id.desc())
    if drafts:
        require_signed_in(session)
        query = query.where(Edition.published_at.is_(None), _organized(session))
    else:
        query = query.where(Edition.published_at.is_not(None))
    if series_id:
        query = query.where(Edition.series_id == series_id)
    if alliance_id:
        query = query.where(Edition.alliance_id == alliance_id)
    if open_now:
        window = Edition.opens_at <= session.now, session.now < Edition.closes_at
        query = query.where(Edition.status == EditionStatus.PUBLISHED, *window)
    return page(session, query, first=first, after=after)


def competitions_by_id(session: Session, ids: list[str]) -> Sequence[Edition]:
    """Those of these editions that the viewer may know of, in no particular order."""
    query = select(Edition).options(*_WHOLE_EDITION).where(Edition.id.in_(ids), _visible(session))
    return session.scalars(query).all()


def track(session: Session, track_id: str) -> Track:
    """The track with its edition and series; refuses with NotFound."""
    found = session.get(Track, track_id, options=[_ITS_EDITION])
    if found is None:
        raise NotFound("trackId")
    return found


def tracks_by_id(session: Session, ids: list[str]) -> Sequence[Track]:
    """Those of these tracks whose edition the viewer may know of, in no particular order."""
    query = select(Track).join(Track.edition).where(Track.id.in_(ids), _visible(session))
    return session.scalars(query).all()


def quotas(session: Session, *, track_ids: list[str]) -> Sequence[Quota]:
    """The quotas of these tracks, as far as the viewer may know of their editions, by track and province."""
    query = (
        select(Quota)
        .join(Track, Track.id == Quota.track_id)
        .join(Track.edition)
        .where(Quota.track_id.in_(track_ids), _visible(session))
        .order_by(Quota.track_id, Quota.province)
    )
    return session.scalars(query).all()


def entry(session: Session, entry_id: str) -> Entry:
    """The entry with its track, edition and series; refuses with NotFound."""
    found = session.get(Entry, entry_id, options=_WHOLE_ENTRY)
    if found is None:
        raise NotFound("entryId")
    return found


def stands(session: Session, entry: Entry) -> bool:
    """Whether the organisation has entered this contestant in this track."""
    same = (
        Entry.track_id == entry.track_id,
        Entry.organization_id == entry.organization_id,
        Entry.contestant == entry.contestant,
        Entry.status == EntryStatus.ENTERED,
    )
    return bool(session.scalar(select(exists().where(*same))))


def entries(
    session: Session,
    *,
    competition_id: str,
    track_id: str | None = None,
    status: EntryStatus | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Entry]:
    """The entries of an edition in the order in which they came: all for organisers, else those of one's delegation.

    Refuses a visitor with SignInRequired; somebody whom no entry concerns sees an empty list.
    """
    require_signed_in(session)
    found = edition(session, competition_id)
    query = select(Entry).options(*_WHOLE_ENTRY).where(Entry.edition_id == found.id)
    if not holds(session, organizes(found.series_id), _HUB_OFFICE):
        query = query.where(or_(*_of_my_delegation(session)))
    if track_id:
        query = query.where(Entry.track_id == track_id)
    if status:
        query = query.where(Entry.status == status)
    return page(session, query.order_by(Entry.id), first=first, after=after)


def entries_by_id(session: Session, ids: list[str]) -> Sequence[Entry]:
    """Those of these entries that concern the viewer, in no particular order."""
    concerned = or_(_organized(session), *_of_my_delegation(session))
    query = select(Entry).join(Entry.edition).options(*_WHOLE_ENTRY).where(Entry.id.in_(ids), concerned)
    return session.scalars(query).all()


def organizes(series_id: str) -> Right:
    """What an organiser of the series holds."""
    return (Role.ORGANIZER, Scope.event(series_id))


def _visible(session: Session) -> ColumnElement[bool]:
    published = Edition.published_at.is_not(None)
    return or_(published, _organized(session)) if session.viewer.signed_in else published


def _organized(session: Session) -> ColumnElement[bool]:
    if holds(session, _HUB_OFFICE):
        return true()
    return Edition.series_id.in_(scopes_of(session, Role.ORGANIZER))


def _of_my_delegation(session: Session) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What the viewer enters for: organisations, or the delegation of a province."""
    return (
        Entry.organization_id.in_(scopes_of(session, Role.REPRESENTATIVE)),
        Entry.province.in_(scopes_of(session, Role.PROVINCE_OFFICE)),
    )
