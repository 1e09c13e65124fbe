"""What can be done about announcements: write, change, schedule, stop and correct them, and say them in waves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from contracts.authority import Role
from contracts.events.speaking import announcements as say
from contracts.events.speaking.announcements import AnnouncementsSpent, AnnouncementStatus, TrackElsewhere
from kit.data.db import Session
from kit.data.many import insert_many
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.directory.queries import organizations
from services.events.editions.editions.model import Edition, check_province
from services.events.speaking.announcements.hearing import next_hearers
from services.events.speaking.announcements.model import Announcement, Hearer
from services.events.speaking.announcements.queries import going_around
from services.events.speaking.announcements.settings import AnnouncementLimits

SAY = "say_announcement"
"""The timer of an announcement that is to be said, or said on."""
DAY = timedelta(hours=24)
NARROWING = ("track_id", "province")
"""What of the filter may be left open: a change to nothing widens it."""


def draft_announcement(session: Session, *, edition: Edition, **written: Any) -> Announcement:
    """Write one; refuses with NotPublished, TrackElsewhere, UnknownRegion or OrganizationUnknown."""
    edition.check_published()
    announcement = _new(session, edition, written)
    _check_filter(session, edition, announcement)
    record(session, announcement, say.AnnouncementDrafted(**announcement.about))
    return announcement


def change_announcement(session: Session, *, announcement: Announcement, **written: Any) -> Announcement:
    """Write it anew, as far as something is given; refuses with AlreadySaid, or as `draft_announcement` does."""
    announcement.check_unsaid()
    for name, value in written.items():
        if value is not None or name in NARROWING:
            setattr(announcement, name, value)
    _check_filter(session, announcement.edition, announcement)
    record(session, announcement, say.AnnouncementChanged(**announcement.about))
    return announcement


def send_announcement(
    session: Session, *, announcement: Announcement, limits: AnnouncementLimits, goes_at: datetime | None = None
) -> Announcement:
    """Have it said at a moment, at once by default; what is said, or is to be said then, stays as it is.

    Refuses with AnnouncementsSpent.
    """
    when = max(goes_at or session.now, session.now)
    if announcement.status in {AnnouncementStatus.SENDING, AnnouncementStatus.SENT} or announcement.goes_at == when:
        return announcement
    _check_day(session, announcement, when, limits)
    timers.at(session, when, SAY, announcement.id)  # first, as the timer itself is taken first when it rings
    announcement.schedule(when)
    record(session, announcement, say.AnnouncementScheduled(**announcement.about, goes_at=when))
    return announcement


def stop_announcement(session: Session, *, announcement: Announcement) -> Announcement:
    """Let it be a draft again; refuses with AlreadySaid or NotScheduled."""
    announcement.check_scheduled()
    timers.cancel(session, SAY, announcement.id)  # first, as the timer itself is taken first when it rings
    announcement.stop()
    record(session, announcement, say.AnnouncementStopped(**announcement.about))
    return announcement


def correct_announcement(
    session: Session, *, announcement: Announcement, limits: AnnouncementLimits, **written: Any
) -> Announcement:
    """Say another to those who have heard this one; refuses with NotSaidYet or AnnouncementsSpent."""
    announcement.check_sent()
    same = {name: getattr(announcement, name) for name in ("to", "track_id", "province", "organization_ids", "public")}
    correction = _new(session, announcement.edition, {**same, **written})
    correction.corrects = announcement
    correction.corrects_id = announcement.id
    return send_announcement(session, announcement=correction, limits=limits)


def say_on(session: Session, *, announcement: Announcement, most: int) -> None:
    """Say it to the next so many; nothing where it was stopped or moved, or has been said to all.

    The next wave is a timer of the same transaction, so that a process that dies between two waves leaves nobody out.
    """
    if not announcement.is_due(session.now):
        return
    announcement.status = AnnouncementStatus.SENDING
    told = next_hearers(session, announcement, most)
    if told:
        _tell(session, announcement, told)
    if len(told) == most:
        timers.at(session, session.now, SAY, announcement.id)
        return
    announcement.status, announcement.sent_at, announcement.behind = AnnouncementStatus.SENT, session.now, None
    record(session, announcement, say.AnnouncementSent(**announcement.about, reached=announcement.reached))


def forget_hearing(session: Session, accounts: Collection[str]) -> None:
    """Forget that the judges with these accounts were told."""
    told = Hearer.heard_as == Role.JUDGE, Hearer.hearer.in_(accounts)
    session.execute(delete(Hearer).where(*told).execution_options(synchronize_session=False))


def _tell(session: Session, announcement: Announcement, told: Sequence[str]) -> None:
    same = {"announcement_id": announcement.id, "heard_as": announcement.heard_as.value}
    insert_many(session, Hearer, [{**same, "hearer": each} for each in told])
    announcement.reached += len(told)
    announcement.behind = told[-1]
    message: dict[str, Any] = {**announcement.about, **_named(announcement.heard_as, told)}
    message |= {"text_zh": announcement.text_zh, "text_en": announcement.text_en}
    message["corrects"] = announcement.corrects.named if announcement.corrects else None
    record(session, announcement, say.AnnouncementTold(**message))


def _named(heard_as: Role, told: Sequence[str]) -> Mapping[str, list[str]]:
    """What a message calls these hearers by."""
    named: dict[str, list[str]] = {"organization_ids": [], "provinces": [], "people": []}
    match heard_as:
        case Role.DELEGATION_LEADER:
            named["provinces"] = [scope.rpartition(":")[2] for scope in told]
        case Role.JUDGE:
            named["people"] = list(told)
        case _:
            named["organization_ids"] = list(told)
    return named


def _new(session: Session, edition: Edition, written: Mapping[str, Any]) -> Announcement:
    unsaid: dict[str, Any] = {
        "track_id": None,
        "province": None,
        "organization_ids": [],
        "public": False,
        "title_en": "",
        "text_en": "",
    }
    given = {name: value for name, value in written.items() if value is not None}
    announcement = Announcement(id=new_id(), created_at=session.now, edition_id=edition.id, **{**unsaid, **given})
    announcement.edition, announcement.corrects = edition, None
    announcement.status, announcement.reached = AnnouncementStatus.DRAFT, 0
    session.add(announcement)
    return announcement


def check_track(edition: Edition, track_id: str | None) -> None:
    """Go on only with a track of the edition, or with none; refuses with TrackElsewhere."""
    if track_id and track_id not in {track.id for track in edition.tracks}:
        raise TrackElsewhere("trackId")


def _check_filter(session: Session, edition: Edition, announcement: Announcement) -> None:
    check_track(edition, announcement.track_id)
    if announcement.province:
        check_province(announcement.province, "province")
    organizations(session, announcement.organization_ids)


def _check_day(session: Session, announcement: Announcement, when: datetime, limits: AnnouncementLimits) -> None:
    if going_around(session, announcement, when - DAY, when + DAY, most=limits.a_day) >= limits.a_day:
        raise AnnouncementsSpent(most=limits.a_day)
