"""What can be asked about editions: everybody sees what is published, organisers see their drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload

from contracts.browsing import START, Stretch
from contracts.events.editions.competitions import EditionStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, newest_first, or_by_name, page
from kit.rights.asking import require_signed_in
from procedures.search.finding import Search, found
from services.events.editions.editions.model import Edition, Round, Stage, Track
from services.events.rights import ORGANIZES, SEES_EDITION

_WHOLE_EDITION = (joinedload(Edition.series), selectinload(Edition.tracks), selectinload(Edition.rounds))
_ITS_EDITION = joinedload(Track.edition).joinedload(Edition.series)
TAKES_PLACE = and_(
    Edition.published_at.is_not(None), Edition.status.in_((EditionStatus.PUBLISHED, EditionStatus.CLOSED))
)
"""The editions whose dates count."""
WHOLE_STAGE = (joinedload(Stage.track), joinedload(Stage.round), joinedload(Stage.edition).joinedload(Edition.series))


def edition(session: Session, edition_id: str) -> Edition:
    """The edition with its series and tracks; refuses with NotFound."""
    found = session.find(Edition, edition_id, *_WHOLE_EDITION)
    if found is None:
        raise NotFound("competitionId")
    return found


def go_on(session: Session, edition: Edition) -> None:
    """Go on only if an edition is held, which nobody changes until the end of the transaction; refuses with IsCancelled."""
    hold(session, edition)
    edition.check_not_cancelled()


def hold(session: Session, edition: Edition) -> None:
    """Read all of an edition as it stands now, which nobody changes until the end of the transaction."""
    session.refresh(edition, [each.key for each in Edition.__mapper__.column_attrs], with_for_update=True)


def competitions(
    session: Session,
    *,
    series_id: str | None = None,
    alliance_id: str | None = None,
    open_now: bool = False,
    drafts: bool = False,
    search: str | None = None,
    stretch: Stretch = START,
) -> Page[Edition]:
    """Editions: the published ones, or with `drafts` the unpublished ones that the viewer organises, newest first.

    With a `search` those that it finds, in its order.
    """
    shown: list[ColumnElement[bool]] = [Edition.published_at.is_not(None)]
    if drafts:
        require_signed_in(session)
        shown = [Edition.published_at.is_(None), organized(session)]
    chosen = list(_chosen(session, series_id, alliance_id, open_now))
    if search:
        looked_for = Search(search, seen=partial(_among, shown), chosen=chosen, parts=_WHOLE_EDITION)
        return found(session, Edition, looked_for, stretch)
    query = select(Edition).options(*_WHOLE_EDITION).where(*shown, *chosen)
    return page(session, query, stretch, orders=or_by_name(newest_first(Edition.id), Edition.sort_key, Edition.id))


def _among(shown: list[ColumnElement[bool]], edition_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    edition = select(Edition.id).where(Edition.id == edition_id, *shown)
    return edition.exists()


def _chosen(
    session: Session, series_id: str | None, alliance_id: str | None, open_now: bool
) -> Iterator[ColumnElement[bool]]:
    if series_id:
        yield Edition.series_id == series_id
    if alliance_id:
        yield Edition.alliance_id == alliance_id
    if open_now:
        yield Edition.opens_at <= session.now
        yield session.now < Edition.closes_at
        yield Edition.status == EditionStatus.PUBLISHED


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


def tracks_with_editions(session: Session, ids: list[str]) -> Sequence[Track]:
    """`tracks_by_id`, each with its edition."""
    query = select(Track).join(Track.edition).where(Track.id.in_(ids), visible(session))
    return session.scalars(query.options(contains_eager(Track.edition))).all()


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
