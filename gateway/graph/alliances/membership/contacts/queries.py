"""What can be asked of office contacts in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import contacts_forms as forms
from gateway.graph.alliances.membership.contacts.types import OfficeContact
from gateway.graph.alliances.people.sightings.types import Sighting
from gateway.graph.queries import listed


class ContactsQueries(graphene.ObjectType):
    """Office contacts, for those whom they concern."""

    office_contacts = listed(forms.OfficeContacts, OfficeContact)
    contact_sightings = listed(forms.ContactSightings, Sighting)
