"""What can be asked about announcements in the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking import announcements_forms as forms
from gateway.graph.events.speaking.announcements.types import Announcement, AnnouncementReach
from gateway.graph.queries import answered, listed


class AnnouncementQueries(graphene.ObjectType):
    """What was said to everybody is public, the rest is for those to whom it was said."""

    announcements = listed(forms.Announcements, Announcement)
    announcement_reach = answered(forms.AnnouncementReach, AnnouncementReach)
