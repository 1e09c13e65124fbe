"""Dismissals: pairs of organisations that were suggested as duplicates and are two, as they were called then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, exists
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable


class Dismissal(Subject, AlliancesTable):
    """That the `earlier` and the `later` of two organisations are two while both are called so; withdrawn it was a mistake."""

    __tablename__ = "dismissals"
    subject = "dismissal"
    __table_args__ = (
        Index("uq_dismissals_pair", "earlier_id", "later_id", unique=True),
        Index("ix_dismissals_standing", "id", **only_where("withdrawn_at IS NULL")),
    )

    earlier_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    later_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    earlier_name: Mapped[str]
    later_name: Mapped[str]
    reason: Mapped[str]
    dismissed_by: Mapped[str]
    dismissed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    earlier: Mapped[Organization] = relationship(foreign_keys=earlier_id, lazy="raise")
    later: Mapped[Organization] = relationship(foreign_keys=later_id, lazy="raise")

    @property
    def counts(self) -> bool:
        """Whether the pair stays away."""
        names = (self.earlier.name_zh, self.later.name_zh)
        return self.withdrawn_at is None and names == (self.earlier_name, self.later_name)


def is_dismissed(earlier: Any, later: Any) -> ColumnElement[bool]:
    """That a pair stays away, of two tables of organisations."""
    return exists().where(
        Dismissal.earlier_id == earlier.id,
        Dismissal.later_id == later.id,
        Dismissal.withdrawn_at.is_(None),
        Dismissal.earlier_name == earlier.name_zh,
        Dismissal.later_name == later.name_zh,
    )
