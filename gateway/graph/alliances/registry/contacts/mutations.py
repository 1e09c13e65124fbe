"""What can be done about office contacts through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import contacts_forms as forms
from gateway.graph.alliances.registry.contacts.types import OfficeContact
from gateway.graph.commands import command


class ContactsMutations(graphene.ObjectType):
    """Office contacts are kept here."""

    set_office_contact = command(forms.SetOfficeContact, gives=OfficeContact)
    remove_office_contact = command(forms.RemoveOfficeContact, gives=OfficeContact)
