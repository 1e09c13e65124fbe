"""What can be asked about deliveries in the graph."""

from __future__ import annotations

import graphene

from contracts.notify import delivery_forms as forms
from gateway.graph.notify.delivery.types import Contact
from gateway.graph.queries import answered


class DeliveryQueries(graphene.ObjectType):
    """How the viewer may be reached."""

    my_contact = answered(forms.MyContact, Contact)
