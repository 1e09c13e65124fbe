"""Charter (章程): the rules of an alliance for its members, in numbered versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.registry.alliances.model import Alliance
from services.alliances.tables import AlliancesTable


class Charter(Subject, AlliancesTable):
    """One version of an alliance's charter, in force from the day `since` on until a later version is. It never changes.

    `document` is complete with the defaults of its time; `digest` is the SHA-256 of its canonical form (RFC 8785).
    """

    __tablename__ = "charters"
    subject = "charter"
    __table_args__ = (Index("uq_charters_number", "alliance_id", "number", unique=True),)

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    number: Mapped[int]
    since: Mapped[date]
    document: Mapped[dict[str, Any]]
    digest: Mapped[str]
    reason: Mapped[str]
    alliance: Mapped[Alliance] = relationship(lazy="raise")
