"""What can be done about competitions: found a series, draft and publish an edition, enter, withdraw, close."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from contracts import events as say
from contracts.base import Refusal
from contracts.events import (
    AlreadyEntered,
    EditionKnown,
    EditionStatus,
    EntriesNotOpen,
    EntryStatus,
    NoQuota,
    QuotaExhausted,
    SeriesKnown,
)
from kit import schedule
from kit.db import Session
from kit.ids import new_id
from kit.outbox import record
from services.events.competitions.model import (
    Edition,
    Entry,
    Quota,
    Series,
    Track,
    check_each_once,
    check_province,
    check_region,
    check_window,
)
from services.events.competitions.queries import stands
from services.events.directory.model import Organization
from services.events.directory.queries import check_alliance

CLOSE_ENTRIES = "close_entries"


class QuotaPlan(TypedDict):
    """How many places a province is to have in a track."""

    province: str
    places: int


class TrackPlan(TypedDict):
    """A track as it is to be, with its quotas."""

    name_zh: str
    name_en: str
    quotas: list[QuotaPlan]


def found_series(session: Session, *, name_zh: str, name_en: str, alliance_id: str | None = None) -> Series:
    """Enter a competition series; refuses a name that is taken and an alliance that is not known."""
    series = Series(
        id=new_id(),
        created_at=session.now,
        name_zh=name_zh,
        name_en=name_en,
        alliance_id=check_alliance(session, alliance_id),
    )
    session.add(series)
    record(session, series, say.SeriesFounded(series=series.named, alliance_id=series.alliance_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise SeriesKnown("nameZh") from error
    return series


def draft_competition(
    session: Session,
    *,
    series: Series,
    number: int,
    host_region: str,
    opens_at: datetime,
    closes_at: datetime,
    tracks: list[TrackPlan],
    name_zh: str | None = None,
    name_en: str | None = None,
    alliance_id: str | None = None,
) -> Edition:
    """Prepare an edition; refuses a number that is taken, a wrong window, region or alliance, and what comes twice."""
    check_window(opens_at, closes_at, session.now)
    check_each_once((track["name_zh"] for track in tracks), "tracks")
    edition = Edition(
        id=new_id(),
        created_at=session.now,
        series=series,
        series_id=series.id,
        number=number,
        name_zh=name_zh or f"第{number}届",
        name_en=name_en or f"Edition {number}",
        alliance_id=check_alliance(session, alliance_id) or series.alliance_id,
        host_region=check_region(host_region, "hostRegion"),
        opens_at=opens_at,
        closes_at=closes_at,
        status=EditionStatus.DRAFT,
        tracks=[_track(plan, place) for place, plan in enumerate(tracks)],
    )
    session.add(edition)
    record(session, edition, say.CompetitionDrafted(**_about(edition)))
    try:
        session.flush()
    except IntegrityError as error:
        raise EditionKnown("number", edition=number) from error
    return edition


def publish_competition(session: Session, *, edition: Edition) -> Edition:
    """Make a draft public and have its entries closed when its window ends; refuses with NotADraft or WindowPassed."""
    edition.publish(session.now)
    record(session, edition, say.CompetitionPublished(**_about(edition)))
    schedule.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    return edition


def submit_entry(session: Session, *, track: Track, organization: Organization, contestant: str) -> Entry:
    """Enter a contestant and take a place of the organisation's province.

    Refuses with EntriesNotOpen, AlreadyEntered, NoQuota or QuotaExhausted. Nothing is written for who comes when all is
    taken. The row that entries contend for is changed last, so that it is held for one round trip and the commit only.
    """
    track.edition.check_takes_entries(session.now)
    entry = Entry(
        id=new_id(),
        created_at=session.now,
        edition=track.edition,
        edition_id=track.edition_id,
        track=track,
        track_id=track.id,
        organization_id=organization.id,
        province=organization.province,
        contestant=" ".join(contestant.split()),
        status=EntryStatus.ENTERED,
    )
    _check_quota(session, entry)
    session.add(entry)
    record(session, entry, say.EntrySubmitted(**_about_entry(entry, organization)))
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyEntered("contestant") from error
    _take_place(session, entry)
    return entry


def withdraw_entry(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """End an entry and give its place back; refuses with EntryEnded.

    Of two who withdraw it at once, the entry's version lets one through.
    """
    entry.withdraw(session.now)
    record(session, entry, say.EntryWithdrawn(**_about_entry(entry, organization)))
    session.flush()
    session.execute(update(Quota).where(*_quota_of(entry)).values(taken=Quota.taken - 1))
    return entry


def close_entries(session: Session, *, edition: Edition) -> None:
    """End the entry window: the quotas take no more, and those who wait for it are told how many entries stand."""
    if edition.status != EditionStatus.PUBLISHED:
        return
    tracks = select(Track.id).where(Track.edition_id == edition.id)
    close = update(Quota).where(Quota.track_id.in_(tracks)).values(closed=True).returning(Quota.taken)
    entries = sum(session.scalars(close, execution_options={"synchronize_session": False}))
    edition.status = EditionStatus.CLOSED
    record(session, edition, say.EntriesClosed(**_about(edition), entries=entries))


def _track(plan: TrackPlan, place: int) -> Track:
    field = f"tracks.{place}.quotas"
    check_each_once((quota["province"] for quota in plan["quotas"]), field)
    quotas = [
        Quota(province=check_province(quota["province"], field), places=quota["places"]) for quota in plan["quotas"]
    ]
    return Track(id=new_id(), name_zh=plan["name_zh"], name_en=plan["name_en"], quotas=quotas)


def _check_quota(session: Session, entry: Entry) -> None:
    quota = session.get(Quota, (entry.track_id, entry.province))
    if quota is None:
        raise NoQuota("trackId")
    if not quota.free:
        raise AlreadyEntered("contestant") if stands(session, entry) else _why_no_place(quota)


def _take_place(session: Session, entry: Entry) -> None:
    take = (
        update(Quota)
        .where(*_quota_of(entry), Quota.taken < Quota.places, Quota.closed.is_(False))
        .values(taken=Quota.taken + 1)
        .returning(Quota.taken)
    )
    if session.scalar(take, execution_options={"synchronize_session": False}) is None:
        raise _why_no_place(session.get_one(Quota, (entry.track_id, entry.province), populate_existing=True))


def _why_no_place(quota: Quota) -> Refusal:
    return EntriesNotOpen() if quota.closed else QuotaExhausted("trackId", places=quota.places)


def _quota_of(entry: Entry) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Quota.track_id == entry.track_id, Quota.province == entry.province


def _about(edition: Edition) -> dict[str, Any]:
    return {
        "competition": edition.named,
        "edition": edition.number,
        "alliance_id": edition.alliance_id,
        "opens_at": edition.opens_at,
        "closes_at": edition.closes_at,
        "series_id": edition.series_id,
    }


def _about_entry(entry: Entry, organization: Organization) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "competition": entry.edition.named,
        "track": entry.track.named,
        "organization": organization.named,
        "province": entry.province,
        "edition": entry.edition.number,
        "series_id": entry.edition.series_id,
    }
