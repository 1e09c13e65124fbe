"""What can be asked about editions: everybody sees what is published, organisers see their drafts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from contracts.events.editions.competitions import EditionStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.rights.asking import require_signed_in
from services.events.editions.editions.model import Edition, Round, Stage, Track
from services.events.rights import ORGANIZES, SEES_EDITION

_WHOLE_EDITION = (joinedload(Edition.series), selectinload(Edition.tracks), selectinload(Edition.rounds))
_ITS_EDITION = joinedload(Track.edition).joinedload(Edition.series)
WHOLE_STAGE = (joinedload(Stage.track), joinedload(Stage.round), joinedload(Stage.edition).joinedload(Edition.series))


def edition(session: Session, edition_id: str) -> Edition:
    """The edition with its series and tracks; refuses with NotFound."""
    found = session.find(Edition, edition_id, *_WHOLE_EDITION)
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
        query = query.where(Edition.published_at.is_(None), organized(session))
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
    query = select(Edition).options(*_WHOLE_EDITION).where(Edition.id.in_(ids), visible(session))
    return session.scalars(query).all()


def track(session: Session, track_id: str) -> Track:
    """The track with its edition and series; refuses with NotFound."""
    found = session.find(Track, track_id, _ITS_EDITION)
    if found is None:
        raise NotFound("trackId")
    return found


def tracks_by_id(session: Session, ids: list[str]) -> Sequence[Track]:
    """Those of these tracks whose edition the viewer may know of, in no particular order."""
    query = select(Track).join(Track.edition).where(Track.id.in_(ids), visible(session))
    return session.scalars(query).all()


def stage(session: Session, stage_id: str) -> Stage:
    """The stage with its track, round, edition and series; refuses with NotFound."""
    found = session.find(Stage, stage_id, *WHOLE_STAGE)
    if found is None:
        raise NotFound("stageId")
    return found


def whole_stages(session: Session, ids: Collection[str]) -> dict[str, Stage]:
    """The stages with track, round, edition and series by their ids, as far as they exist."""
    return {each.id: each for each in session.scalars(select(Stage).where(Stage.id.in_(ids)).options(*WHOLE_STAGE))}


def stages_by_id(session: Session, ids: list[str]) -> Sequence[Stage]:
    """Those of these stages whose edition the viewer may know of, in no particular order."""
    return session.scalars(select(Stage).join(Stage.edition).where(Stage.id.in_(ids), visible(session))).all()


def stages(session: Session, *, round_ids: list[str]) -> Sequence[Stage]:
    """The stages of these rounds whose edition the viewer may know of, by round and track."""
    query = select(Stage).join(Stage.edition).where(Stage.round_id.in_(round_ids), visible(session))
    return session.scalars(query.order_by(Stage.round_id, Stage.track_id)).all()


def rounds_by_id(session: Session, ids: list[str]) -> Sequence[Round]:
    """Those of these rounds whose edition the viewer may know of, in no particular order."""
    return session.scalars(select(Round).join(Round.edition).where(Round.id.in_(ids), visible(session))).all()


def visible(session: Session) -> ColumnElement[bool]:
    """Which editions the viewer may know of: those published, and the drafts that they organise."""
    return SEES_EDITION.rows(session, published=Edition.published_at.is_not(None), series_id=Edition.series_id)


def organized(session: Session) -> ColumnElement[bool]:
    """Which editions the viewer organises; the hub office organises all."""
    return ORGANIZES.rows(session, series_id=Edition.series_id)
