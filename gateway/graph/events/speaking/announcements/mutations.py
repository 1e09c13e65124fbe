"""What can be done about announcements through the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking import announcements_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.speaking.announcements.types import Announcement


class AnnouncementMutations(graphene.ObjectType):
    """Organisers write, send, stop and correct announcements here."""

    draft_announcement = command(forms.DraftAnnouncement, gives=Announcement)
    change_announcement = command(forms.ChangeAnnouncement, gives=Announcement)
    send_announcement = command(forms.SendAnnouncement, gives=Announcement)
    stop_announcement = command(forms.StopAnnouncement, gives=Announcement)
    correct_announcement = command(forms.CorrectAnnouncement, gives=Announcement)
