"""What can be done about deliveries through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.notify.delivery.types import Contact, Language
from gateway.graph.relay import Command


class UpdateContact(Command):
    """Say where the viewer may be reached, and whether notices are to be sent there."""

    class Meta:
        service = "notify"
        result = "contact"

    class Input:
        address = graphene.String(required=True, description="An e-mail address.")
        locale = Language(required=True, description="The language to write in.")
        wants_email = graphene.Boolean(required=True)

    contact = graphene.Field(Contact)


class EraseContact(Command):
    """Forget the viewer's address; what waits to be sent there never will be."""

    class Meta:
        service = "notify"

    class Input:
        """Nothing besides the idempotency key."""


class DeliveryMutations(graphene.ObjectType):
    update_contact = UpdateContact.Field()
    erase_contact = EraseContact.Field()
