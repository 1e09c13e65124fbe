"""What can be done about competitions through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.competitions.types import Competition, CompetitionSeries, Entry
from gateway.graph.relay import Command, node_id
from gateway.graph.times import DateTime


class NewSeriesInput(graphene.InputObjectType):
    """A series that does not exist yet."""

    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)


class NewQuotaInput(graphene.InputObjectType):
    """How many places a province is to have in a track."""

    province = graphene.String(required=True, description="GB/T 2260 code of the province.")
    places = graphene.Int(required=True)


class NewTrackInput(graphene.InputObjectType):
    """A track as it is to be; a province without a quota cannot enter it."""

    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    quotas = graphene.List(graphene.NonNull(NewQuotaInput), required=True)


class FoundSeries(Command):
    """Enter a competition series; `grantRole` then names its organisers. For the hub office."""

    class Meta:
        service = "events"
        result = "series"

    class Input:
        name_zh = graphene.String(required=True)
        name_en = graphene.String(required=True)
        alliance_id = node_id("Alliance", description="For whose members it is, if for those of one alliance.")

    series = graphene.Field(CompetitionSeries)


class DraftCompetition(Command):
    """Prepare an edition of a series: of `seriesId` for its organisers, of a new `series` for the hub office."""

    class Meta:
        service = "events"
        result = "competition"

    class Input:
        series_id = node_id("CompetitionSeries", description="Either this …")
        series = NewSeriesInput(description="… or this.")
        number = graphene.Int(required=True, description="Unique in its series.")
        name_zh = graphene.String(description="第…届, where nothing is given.")
        name_en = graphene.String(description="Edition …, where nothing is given.")
        alliance_id = node_id("Alliance", description="Whose members are to be told; else that of the series.")
        host_region = graphene.String(required=True, description="GB/T 2260 code.")
        opens_at = DateTime(required=True)
        closes_at = DateTime(required=True)
        tracks = graphene.List(graphene.NonNull(NewTrackInput), required=True)

    competition = graphene.Field(Competition)


class PublishCompetition(Command):
    """Make a draft public, for good. For the organisers of its series and the hub office."""

    class Meta:
        service = "events"
        result = "competition"

    class Input:
        competition_id = node_id("Competition", required=True)

    competition = graphene.Field(Competition)


class SubmitEntry(Command):
    """Enter a contestant and take a place. For the organisation's representative and the office of its province."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        track_id = node_id("Track", required=True)
        organization_id = node_id("Organization", required=True)
        contestant = graphene.String(required=True, description="The name of the team or person, to show.")

    entry = graphene.Field(Entry)


class WithdrawEntry(Command):
    """End an entry and give its place back. For the organisation's representative and the office of its province."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class CompetitionMutations(graphene.ObjectType):
    found_series = FoundSeries.Field()
    draft_competition = DraftCompetition.Field()
    publish_competition = PublishCompetition.Field()
    submit_entry = SubmitEntry.Field()
    withdraw_entry = WithdrawEntry.Field()
