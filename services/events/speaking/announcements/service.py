"""Announcements on the wire: organisers write and send them, timers say them, those who heard them read them again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from contracts.events.speaking import announcements_forms as forms
from contracts.forms import ByIds
from kit.calls.acting import Acts
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.work.timers import on_due
from services.events.editions.editions.queries import edition
from services.events.rights import ORGANIZES
from services.events.speaking.announcements import commands, queries
from services.events.speaking.announcements.model import Announcement
from services.events.speaking.announcements.rights import SEES_ANNOUNCEMENT
from services.events.speaking.announcements.schemas import announcement_view, reach_view
from services.events.speaking.announcements.settings import AnnouncementLimits


class AnnouncementsService(Service):
    """Whoever speaks for an edition organises its series."""

    @command(forms.DraftAnnouncement, right=ORGANIZES)
    def draft_announcement(self, session: Session, *, competition_id: str, **written: Any) -> dict[str, Any]:
        found = edition(session, competition_id)
        require(session, ORGANIZES, series_id=found.series_id)
        return _to_organizer(commands.draft_announcement(session, edition=found, **written))

    @command(forms.ChangeAnnouncement, right=ORGANIZES, acts=Acts(Announcement, Announcement.check_unsaid))
    def change_announcement(self, session: Session, *, announcement_id: str, **written: Any) -> dict[str, Any]:
        announcement = _organized(session, announcement_id)
        return _to_organizer(commands.change_announcement(session, announcement=announcement, **written))

    @command(forms.SendAnnouncement, right=ORGANIZES, acts=Acts(Announcement))
    def send_announcement(
        self, session: Session, *, announcement_id: str, goes_at: datetime | None = None
    ) -> dict[str, Any]:
        announcement = _organized(session, announcement_id)
        sent = commands.send_announcement(
            session, announcement=announcement, limits=self._announcement_limits, goes_at=goes_at
        )
        return _to_organizer(sent)

    @command(forms.StopAnnouncement, right=ORGANIZES, acts=Acts(Announcement, Announcement.check_scheduled))
    def stop_announcement(self, session: Session, *, announcement_id: str) -> dict[str, Any]:
        announcement = _organized(session, announcement_id)
        return _to_organizer(commands.stop_announcement(session, announcement=announcement))

    @command(forms.CorrectAnnouncement, right=ORGANIZES, acts=Acts(Announcement, Announcement.check_sent))
    def correct_announcement(self, session: Session, *, announcement_id: str, **written: Any) -> dict[str, Any]:
        wrong = _organized(session, announcement_id)
        right = commands.correct_announcement(session, announcement=wrong, limits=self._announcement_limits, **written)
        return _to_organizer(right)

    @on_due(commands.SAY)
    def say_announcement(self, session: Session, announcement_id: str) -> None:
        announcement = queries.announcement_to_say(session, announcement_id)
        commands.say_on(session, announcement=announcement, most=self._announcement_limits.wave)

    @query(forms.Announcements, shows=SEES_ANNOUNCEMENT)
    def announcements(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.announcements(session, **which).view(announcement_view(_organizes(session)))

    @query(ByIds, shows=SEES_ANNOUNCEMENT)
    def announcements_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.announcements_by_id(session, ids), announcement_view(_organizes(session)))

    @query(forms.AnnouncementReach, right=ORGANIZES)
    def announcement_reach(self, session: Session, *, announcement_id: str) -> dict[str, Any]:
        announcement = _organized(session, announcement_id)
        return reach_view(announcement, *queries.reach(session, announcement))

    @query(forms.ActionsOnAnnouncements, shows=SEES_ANNOUNCEMENT)
    def actions_on_announcements(self, session: Session, *, announcement_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.announcements_by_id(session, announcement_ids)
        return self.actions_on(session, found, kind=Announcement, whose="announcement_id")

    @property
    def _announcement_limits(self) -> AnnouncementLimits:
        return self.runtime.settings.of(AnnouncementLimits)


def _organized(session: Session, announcement_id: str) -> Announcement:
    """The announcement, if the viewer organises the series."""
    announcement = queries.announcement(session, announcement_id)
    require(session, ORGANIZES, series_id=announcement.edition.series_id)
    return announcement


def _organizes(session: Session) -> Callable[[Announcement], bool]:
    organizes = ORGANIZES.test(session)
    return lambda announcement: organizes(series_id=announcement.edition.series_id)


def _to_organizer(announcement: Announcement) -> dict[str, Any]:
    return announcement_view(lambda _: True)(announcement)
