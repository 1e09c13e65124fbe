"""What can be asked about waiting lists in the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import waiting_forms as forms
from gateway.graph.events.admission.waiting.types import WaitingDecision
from gateway.graph.queries import listed


class WaitingQueries(graphene.ObjectType):
    """For those concerned with the entry."""

    waiting_decisions = listed(forms.WaitingDecisions, WaitingDecision)
