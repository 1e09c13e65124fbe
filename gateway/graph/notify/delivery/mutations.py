"""What can be done about deliveries through the graph."""

from __future__ import annotations

import graphene

from contracts.notify import delivery_forms as forms
from gateway.graph.commands import command
from gateway.graph.notify.delivery.types import Contact, Delivery


class DeliveryMutations(graphene.ObjectType):
    """The viewer says here how they may be reached; the hub office has e-mails sent again."""

    update_contact = command(forms.UpdateContact, gives=Contact)
    confirm_contact = command(forms.ConfirmContact, gives=Contact)
    resend_confirmation = command(forms.ResendConfirmation, gives=Contact)
    resend_delivery = command(forms.ResendDelivery, gives=Delivery)
    erase_contact = command(forms.EraseContact)
