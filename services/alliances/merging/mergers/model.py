"""Mergers: what was known when two organisations were merged, so that it can be shown and undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from contracts.alliances.merging.mergers import UnmergeTooLate
from contracts.refusals import NothingChanged
from kit.data.db import Id
from kit.rights.mergers import Merger
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable


class MergerFacts(AlliancesTable):
    """Beside a merger: why and by whom, what the survivor's entry said `before`, and what the merger put there; what the
    other's `other_status` was.

    `names` are those of the other that the survivor did not have; `membership_ids` are those that went into another of the
    same alliance.
    """

    __tablename__ = "merger_facts"

    id: Mapped[Id] = mapped_column(primary_key=True)
    survivor_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    other_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    other_status: Mapped[str]
    ground: Mapped[str]
    merged_by: Mapped[str]
    before: Mapped[dict[str, Any]]
    put: Mapped[dict[str, Any]]
    names: Mapped[list[str]]
    membership_ids: Mapped[list[str]]
    reason: Mapped[str]
    survivor: Mapped[Organization] = relationship(foreign_keys=survivor_id, lazy="raise")
    other: Mapped[Organization] = relationship(foreign_keys=other_id, lazy="raise")
    merger: Mapped[Merger] = relationship(
        Merger, primaryjoin=lambda: foreign(MergerFacts.id) == Merger.id, viewonly=True, lazy="raise"
    )

    def check_undoable(self, now: datetime, days: int) -> None:
        """Refuses with NothingChanged where it was undone already, and with UnmergeTooLate."""
        if self.merger.unmerged_at:
            raise NothingChanged("mergerId")
        if now > self.merger.merged_at + timedelta(days=days):
            raise UnmergeTooLate("mergerId", days=days)
