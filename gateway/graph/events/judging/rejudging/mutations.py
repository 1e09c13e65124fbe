"""What can be done in a re-judging through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import rejudging_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.rejudging.types import Rejudging


class RejudgingMutations(graphene.ObjectType):
    """The panel opens, rules and applies; the judges whom it appoints judge again."""

    open_rejudging = command(forms.OpenRejudging, gives=Rejudging)
    rejudge_sheet = command(forms.RejudgeSheet, gives=Rejudging)
    exclude_sheet = command(forms.ExcludeSheet, gives=Rejudging)
    disqualify_entry = command(forms.DisqualifyEntry, gives=Rejudging)
    lift_ruling = command(forms.LiftRuling, gives=Rejudging)
    apply_rejudging = command(forms.ApplyRejudging, gives=Rejudging)
    cancel_rejudging = command(forms.CancelRejudging, gives=Rejudging)
