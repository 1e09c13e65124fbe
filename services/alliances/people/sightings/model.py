"""Sightings: that somebody has read what is held of a person, when and why."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.tables import AlliancesTable


class Sighting(Subject, AlliancesTable):
    """A reading of confidential data (查阅记录), written down in the transaction that allows it."""

    __tablename__ = "sightings"
    subject = "sighting"
    __table_args__ = (Index("ix_sightings_person", "person_id", "id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("persons.id"))
    seen_by: Mapped[str]
    what: Mapped[str]
    purpose: Mapped[str]
