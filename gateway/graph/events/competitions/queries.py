"""What can be asked about competitions in the graph."""

from __future__ import annotations

import graphene

from contracts.events.editions import editions_forms as forms
from contracts.events.editions.series_forms import AllianceConsents, Series
from gateway.graph.events.competitions.types import AllianceConsent, Competition, CompetitionSeries, Stage
from gateway.graph.queries import listed, one


class CompetitionQueries(graphene.ObjectType):
    """Published competitions are public; drafts are for those who organise them."""

    competition_series = listed(Series, CompetitionSeries)
    alliance_consents = listed(AllianceConsents, AllianceConsent)
    competitions = listed(forms.Competitions, Competition)
    competition = one(Competition, "One competition, if it is public or the viewer organises it.")
    stage = one(Stage, "One track in one round of a competition.")
