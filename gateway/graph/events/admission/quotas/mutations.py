"""What can be done about quotas through the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import quotas_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.admission.quotas.types import Quota


class QuotaMutations(graphene.ObjectType):
    """Places move from one holder to another here."""

    allocate_places = command(forms.AllocatePlaces, gives=Quota)
    derive_places = command(forms.DerivePlaces, gives=Quota)
    return_places = command(forms.ReturnPlaces, gives=Quota)
    reallocate_places = command(forms.ReallocatePlaces, gives=Quota)
