"""What can be asked of office contacts."""

from __future__ import annotations

from sqlalchemy import select

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.membership.contacts.model import OfficeContact


def contact(session: Session, contact_id: str) -> OfficeContact:
    """The contact; refuses with NotFound."""
    found = session.get(OfficeContact, contact_id)
    if found is None:
        raise NotFound("contactId")
    return found


def contact_of(session: Session, organization_id: str, position: str) -> OfficeContact | None:
    """The contact of a position, if it is on the list."""
    query = select(OfficeContact).where(
        OfficeContact.organization_id == organization_id, OfficeContact.position == position
    )
    return session.scalar(query)


def office_contacts(session: Session, *, organization_id: str, stretch: Stretch = START) -> Page[OfficeContact]:
    """The contacts of an organisation, in the order of their entry."""
    query = select(OfficeContact).where(OfficeContact.organization_id == organization_id).order_by(OfficeContact.id)
    return page(session, query, stretch)
