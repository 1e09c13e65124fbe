"""Contacts: the office telephone and work e-mail of a position in an organisation (岗位联系方式), whoever holds it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from procedures.sightings.tables import Sighted
from services.alliances.tables import AlliancesTable


class OfficeContact(AlliancesTable):
    """How a position is reached; it belongs to the position, not to a person, and is in no message."""

    __tablename__ = "office_contacts"
    __table_args__ = (
        Index("uq_office_contacts_position", "organization_id", "position", unique=True),
        Index("ix_office_contacts_organization", "organization_id", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    position: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    created_at: Mapped[datetime]


class ContactSighting(Sighted, AlliancesTable):
    """Somebody who does not speak for an organisation, the `thing`, has read its contacts."""

    __tablename__ = "contact_sightings"
