"""What can be done about competitions through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.document import Document
from gateway.graph.events.competitions.types import Competition, CompetitionSeries, RoundLevel, RuleSet, TrackKind
from gateway.graph.events.editions.phases.types import PhaseKind
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
    code = graphene.String(description="Capitals and digits, unique in the edition; A, B, … where nothing is given.")
    kind = TrackKind(description="Individual, where nothing is given.")
    quotas = graphene.List(graphene.NonNull(NewQuotaInput), required=True)
    reserve = graphene.Int(description="Places that the organisers hold themselves, to give on later.")
    unlimited = graphene.Boolean(description="Outside every quota.")


class NewRoundInput(graphene.InputObjectType):
    """A round as it is to be; the first takes the entries, each feeds the next."""

    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    level = RoundLevel(required=True)


class NewPhaseInput(graphene.InputObjectType):
    """A phase as it is to be; of each kind one a round."""

    round = graphene.Int(required=True, description="The number of its round, from 1.")
    kind = PhaseKind(required=True)
    opens_at = DateTime(required=True)
    closes_at = DateTime(required=True)


class _Layout:
    host_region = graphene.String(required=True, description="GB/T 2260 code.")
    opens_at = DateTime(required=True)
    closes_at = DateTime(required=True)
    tracks = graphene.List(graphene.NonNull(NewTrackInput), required=True)
    rounds = graphene.List(graphene.NonNull(NewRoundInput), description="One final, where nothing is given.")
    phases = graphene.List(graphene.NonNull(NewPhaseInput))
    rules = Document(description="The rule set, as far as it differs from the defaults: docs/season.md.")


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

    class Input(_Layout):
        series_id = node_id("CompetitionSeries", description="Either this …")
        series = NewSeriesInput(description="… or this.")
        number = graphene.Int(required=True, description="Unique in its series.")
        name_zh = graphene.String(description="第…届, where nothing is given.")
        name_en = graphene.String(description="Edition …, where nothing is given.")
        alliance_id = node_id("Alliance", description="Whose members are to be told; else that of the series.")

    competition = graphene.Field(Competition)


class ChangeDraft(Command):
    """Lay a draft out anew: what is given replaces all that was. For the organisers of its series."""

    class Meta:
        service = "events"
        result = "competition"

    class Input(_Layout):
        competition_id = node_id("Competition", required=True)

    competition = graphene.Field(Competition)


class DiscardDraft(Command):
    """Give a draft up; what is public can not be. For the organisers of its series."""

    class Meta:
        service = "events"

    class Input:
        competition_id = node_id("Competition", required=True)


class OpenNextEdition(Command):
    """Draft the next edition from this one: tracks, places, rounds, rules, and phases moved with the opening."""

    class Meta:
        service = "events"
        result = "competition"

    class Input:
        competition_id = node_id("Competition", required=True)
        opens_at = DateTime(required=True)
        number = graphene.Int(description="The next one, where nothing is given.")

    competition = graphene.Field(Competition)


class AmendRules(Command):
    """Put a new version of a published competition's rules in force; whoever has entered is told why."""

    class Meta:
        service = "events"
        result = "rule_set"

    class Input:
        competition_id = node_id("Competition", required=True)
        rules = Document(required=True, description="The whole rule set, as far as it differs from the defaults.")
        reason = graphene.String(required=True)

    rule_set = graphene.Field(RuleSet)


class PublishCompetition(Command):
    """Make a draft public, for good. For the organisers of its series and the hub office."""

    class Meta:
        service = "events"
        result = "competition"

    class Input:
        competition_id = node_id("Competition", required=True)

    competition = graphene.Field(Competition)


class CompetitionMutations(graphene.ObjectType):
    found_series = FoundSeries.Field()
    draft_competition = DraftCompetition.Field()
    publish_competition = PublishCompetition.Field()
    change_draft = ChangeDraft.Field()
    discard_draft = DiscardDraft.Field()
    open_next_edition = OpenNextEdition.Field()
    amend_rules = AmendRules.Field()
