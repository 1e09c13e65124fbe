"""Certificates (证书): what is handed out for an award, as it was when it was issued; whether it stands, its award says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id
from services.events.recognition.awards.model import Award
from services.events.tables import EventsTable


class Certificate(EventsTable):
    """A certificate under a number that nobody can guess; `facts` is all that is printed on it, names of people included.

    `status_index` is its place in the status list of its edition, by which others see whether it was revoked.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        Index("uq_certificates_award", "award_id", unique=True),
        Index("uq_certificates_status", "edition_id", "status_index", unique=True),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    award_id: Mapped[Id] = mapped_column(ForeignKey("awards.id"))
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    status_index: Mapped[int]
    issued_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    award: Mapped[Award] = relationship(lazy="raise")
