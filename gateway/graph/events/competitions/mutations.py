"""What can be done about competitions through the graph."""

from __future__ import annotations

import graphene

from contracts.events.competitions import competitions_forms as forms
from contracts.events.editions.presentations_forms import PresentCompetition
from contracts.events.editions.series_forms import ConsentToSeries, FoundSeries, WithdrawConsent
from gateway.graph.commands import command
from gateway.graph.events.competitions.types import Competition, CompetitionSeries, RuleSet


class CompetitionMutations(graphene.ObjectType):
    """Series and their editions are prepared, published, repeated and amended here."""

    found_series = command(FoundSeries, gives={"series": CompetitionSeries})
    consent_to_series = command(ConsentToSeries, gives={"series": CompetitionSeries})
    withdraw_consent = command(WithdrawConsent, gives={"series": CompetitionSeries})
    draft_competition = command(forms.DraftCompetition, gives=Competition)
    publish_competition = command(forms.PublishCompetition, gives=Competition)
    change_draft = command(forms.ChangeDraft, gives=Competition)
    discard_draft = command(forms.DiscardDraft)
    open_next_edition = command(forms.OpenNextEdition, gives=Competition)
    rename_competition = command(forms.RenameCompetition, gives=Competition)
    move_entry_window = command(forms.MoveEntryWindow, gives=Competition)
    postpone_competition = command(forms.PostponeCompetition, gives=Competition)
    present_competition = command(PresentCompetition, gives=Competition)
    cancel_competition = command(forms.CancelCompetition, gives=Competition)
    reinstate_competition = command(forms.ReinstateCompetition, gives=Competition)
    amend_rules = command(forms.AmendRules, gives=RuleSet)
