"""What can be asked about objections in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import objections_forms as forms
from gateway.graph.events.judging.objections.types import Arbitrator, Objection
from gateway.graph.queries import listed, one


class ObjectionQueries(graphene.ObjectType):
    """An objection is confidential: nobody finds it whom it does not concern."""

    objection = one(Objection, "An objection by its id, for the person who filed it, the organisers and the panel.")
    objections = listed(forms.Objections, Objection)
    my_objections = listed(forms.MyObjections, Objection)
    arbitrators = listed(forms.Arbitrators, Arbitrator)
