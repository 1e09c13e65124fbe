"""What can be done about office contacts: say how a position is reached, and take it off the list."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.organizations import OrganizationChange
from contracts.refusals import InvalidInput, NothingChanged, Required
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from services.alliances.membership.contacts.model import OfficeContact
from services.alliances.membership.contacts.queries import contact_of
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import tell


def set_office_contact(
    session: Session, *, organization: Organization, position: str, phone: str | None, email: str | None
) -> OfficeContact:
    """The position is reached by these from now on; no message says by which."""
    if not (phone or email):
        raise InvalidInput(Required("phone"))
    contact = contact_of(session, organization.id, position)
    if contact is None:
        contact = OfficeContact(id=new_id(), created_at=session.now, organization_id=organization.id, position=position)
        session.add(contact)
    elif (contact.phone, contact.email) == (phone, email):
        raise NothingChanged
    contact.phone, contact.email = phone, email
    _flush(session)
    tell(session, organization, OrganizationChange.PRESENTED)
    return contact


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:  # somebody else has entered the position at the same moment
        raise Contended from error


def remove_office_contact(session: Session, *, contact: OfficeContact, organization: Organization) -> None:
    """The position is on the list no longer."""
    session.delete(contact)
    tell(session, organization, OrganizationChange.PRESENTED)
