"""What can be asked about deliveries in the graph."""

from __future__ import annotations

import graphene

from contracts.notify import delivery_forms as forms
from gateway.graph.notify.delivery.types import Contact, Delivery
from gateway.graph.queries import answered, listed


class DeliveryQueries(graphene.ObjectType):
    """How the viewer may be reached; and, for the hub office, what became of e-mails."""

    deliveries = listed(forms.Deliveries, Delivery)
    my_contact = answered(forms.MyContact, Contact)
