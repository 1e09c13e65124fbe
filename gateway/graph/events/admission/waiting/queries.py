"""What can be asked about waiting lists in the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import waiting_forms as forms
from gateway.graph.events.admission.waiting.types import SimulatedPolicy, WaitingDecision
from gateway.graph.queries import answered, listed


class WaitingQueries(graphene.ObjectType):
    """For those concerned with the entry; what policies would do may be tried by everybody who is signed in."""

    simulate_waiting = answered(forms.SimulateWaiting, [SimulatedPolicy])
    waiting_decisions = listed(forms.WaitingDecisions, WaitingDecision)
