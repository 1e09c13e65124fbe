"""Announcements in the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking.announcements import AnnouncementStatus, Hearers
from contracts.events.speaking.announcements_forms import ActionsOnAnnouncements
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.region import region_field
from gateway.graph.relations import related, related_many
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class Announcement(NodeType, loads="announcements_by_id"):
    """What the organisers of a competition say to some of its people (通告); a draft is seen by the organisers only."""

    competition = related("Competition", "The competition that it is about.")
    title_zh = graphene.String(required=True, description="Its title in Chinese.")
    title_en = graphene.String(description="Its title in English.")
    text_zh = graphene.String(required=True, description="Its text in Chinese.")
    text_en = graphene.String(description="Its text in English.")
    public = graphene.Boolean(required=True, description="Whether everybody can read it once it is said.")
    status = graphene.Field(enum(AnnouncementStatus), required=True, description="Its status.")
    created_at = DateTime(required=True, description="When it was written.")
    sent_at = DateTime(description="When the last of those whom it is for was told.")
    corrects = related("Announcement", "The announcement that it sets right.")
    to = graphene.Field(enum(Hearers), description="Whom it is for; shown to the organisers.")
    track = related("Track", "The track whose people it is for, if only those; shown to the organisers.")
    province = region_field("The province whose people it is for, if only those; shown to the organisers.")
    goes_at = DateTime(description="When it is to be said; shown to the organisers.")
    reached = graphene.Int(description="How many have been told so far; shown to the organisers.")
    actions = acting(ActionsOnAnnouncements)


class AnnouncementReach(graphene.ObjectType):
    """Whom an announcement would reach now; nobody has been told by asking."""

    total = graphene.Int(required=True, description="How many institutions, delegations or judges; counted to 10,000.")
    more = graphene.Boolean(required=True, description="Whether there are more than were counted.")
    organizations = related_many("Organization", "The first institutions.", by="organization_ids", nullable=True)
    provinces = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The GB/T 2260 codes of the first delegations."
    )
