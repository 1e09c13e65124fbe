"""What can be done about results through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import results_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.results.types import Result


class ResultMutations(graphene.ObjectType):
    """An organiser proposes, a supervisor signs, either takes back."""

    propose_result = command(forms.ProposeResult, gives=Result)
    countersign_result = command(forms.CountersignResult, gives=Result)
    withdraw_proposal = command(forms.WithdrawProposal, gives=Result)
