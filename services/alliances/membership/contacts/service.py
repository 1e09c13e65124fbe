"""Office contacts on the wire: the body itself and the offices keep them, secretariats of its alliances read them."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership import contacts_forms as forms
from contracts.alliances.people.sightings import SightingKind
from contracts.browsing import START, Stretch
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import holds, require
from kit.rights.merged import one_with
from procedures.sightings.leaving import leave
from procedures.sightings.seeing import sightings_of, view
from services.alliances.membership.contacts import commands, queries
from services.alliances.membership.contacts.model import ContactSighting
from services.alliances.membership.contacts.rights import SEES_CONTACTS
from services.alliances.membership.contacts.schemas import contact_view
from services.alliances.registry.organizations.queries import organization, organization_to_change
from services.alliances.rights import REPRESENTS, SPEAKS_FOR_ORGANIZATION


class ContactsService(Service):
    """How the positions of organisations are reached."""

    @command(forms.SetOfficeContact, right=SPEAKS_FOR_ORGANIZATION)
    def set_office_contact(
        self,
        session: Session,
        *,
        organization_id: str,
        position: str,
        phone: str | None = None,
        email: str | None = None,
    ) -> dict[str, Any]:
        found = organization_to_change(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **found.keys)
        contact = commands.set_office_contact(session, organization=found, position=position, phone=phone, email=email)
        return contact_view(contact)

    @command(forms.RemoveOfficeContact, right=SPEAKS_FOR_ORGANIZATION)
    def remove_office_contact(self, session: Session, *, contact_id: str) -> dict[str, Any]:
        contact = queries.contact(session, contact_id)
        found = organization_to_change(session, contact.organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **found.keys)
        commands.remove_office_contact(session, contact=contact, organization=found)
        return contact_view(contact)

    @query(forms.OfficeContacts, right=SEES_CONTACTS)
    def office_contacts(self, session: Session, *, organization_id: str, **which: Any) -> dict[str, Any]:
        found = organization(session, organization_id)
        require(session, SEES_CONTACTS, **found.keys)
        if not holds(session, REPRESENTS, **found.keys):
            leave(session, ContactSighting, [found.id], SightingKind.OFFICE_CONTACTS)
        return queries.office_contacts(session, organization_id=found.id, **which).view(contact_view)

    @query(forms.ContactSightings, right=SPEAKS_FOR_ORGANIZATION)
    def contact_sightings(self, session: Session, *, organization_id: str, stretch: Stretch = START) -> dict[str, Any]:
        found = organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **found.keys)
        return sightings_of(session, ContactSighting, one_with(session, found.id), stretch).view(view)
