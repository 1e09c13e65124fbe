"""What can be done about office contacts through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import contacts_forms as forms
from gateway.graph.alliances.membership.contacts.types import OfficeContact
from gateway.graph.commands import command


class ContactsMutations(graphene.ObjectType):
    """Office contacts are kept here."""

    set_office_contact = command(forms.SetOfficeContact, gives=OfficeContact)
    remove_office_contact = command(forms.RemoveOfficeContact, gives=OfficeContact)
