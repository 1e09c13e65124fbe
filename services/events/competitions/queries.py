"""What can be asked about competitions: everybody sees what is published, those concerned see drafts and entries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from contracts.authority import Role, Scope
from contracts.events.editions.competitions import EditionStatus
from contracts.refusals import NotFound
from kit.authz import Right, holds, require_signed_in, scopes_of
from kit.data.db import Session
from kit.data.paging import Page, page
from services.events.competitions.model import Edition, Round, RuleSet, Series, Stage, Track

_WHOLE_EDITION = (joinedload(Edition.series), selectinload(Edition.tracks), selectinload(Edition.rounds))
_ITS_EDITION = joinedload(Track.edition).joinedload(Edition.series)
_WHOLE_STAGE = (joinedload(Stage.track), joinedload(Stage.round), joinedload(Stage.edition).joinedload(Edition.series))
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
    found = session.find(Stage, stage_id, *_WHOLE_STAGE)
    if found is None:
        raise NotFound("stageId")
    return found


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


def rule_sets(session: Session, *, competition_ids: list[str]) -> Sequence[RuleSet]:
    """Every version of the rule sets of these editions, as far as the viewer may know of them, oldest first."""
    query = select(RuleSet).join(Edition, Edition.id == RuleSet.edition_id)
    seen = query.where(RuleSet.edition_id.in_(competition_ids), visible(session))
    return session.scalars(seen.order_by(RuleSet.edition_id, RuleSet.number)).all()


def organizes(series_id: str) -> Right:
    """What an organiser of the series holds."""
    return (Role.ORGANIZER, Scope.event(series_id))


def supervises(series_id: str) -> Right:
    """What a supervisor of the series holds."""
    return (Role.SUPERVISOR, Scope.event(series_id))


def leads(series_id: str, province: str) -> Right:
    """What the leader of a province's delegation to the series holds."""
    return (Role.DELEGATION_LEADER, Scope.delegation(series_id, province))


def visible(session: Session) -> ColumnElement[bool]:
    """Which editions the viewer may know of: those published, and the drafts that they organise."""
    published = Edition.published_at.is_not(None)
    return or_(published, organized(session)) if session.viewer.signed_in else published


def organized(session: Session) -> ColumnElement[bool]:
    """Which editions the viewer organises; the hub office organises all."""
    if holds(session, _HUB_OFFICE):
        return true()
    return Edition.series_id.in_(scopes_of(session, Role.ORGANIZER))
