"""Exports of a person: who may have all that the hub holds of whom, why, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.tables import AlliancesTable


class PersonExport(Subject, AlliancesTable):
    """An export of a person (个人信息导出), which each service gathers for itself; nothing of what is exported stands here."""

    __tablename__ = "person_exports"
    subject = "person_export"
    __table_args__ = (Index("ix_person_exports_asked_by", "asked_by", "id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("persons.id"))
    asked_by: Mapped[str]
    purpose: Mapped[str]
    until: Mapped[datetime]
