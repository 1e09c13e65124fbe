"""What can be done about places on offer through the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import waiting_forms as forms
from gateway.graph.commands import command


class WaitingMutations(graphene.ObjectType):
    """A place on offer is taken or declined here."""

    accept_offer = command(forms.AcceptOffer, gives="Entry")
    decline_offer = command(forms.DeclineOffer, gives="Entry")
