"""Offices: who joins or leaves the hub office (枢纽办公室), proposed by one of its people and countersigned by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from contracts.refusals import NothingProposed
from kit.data.db import only_where
from kit.data.subjects import Subject
from kit.documents.digest import digest
from procedures.countersigning.countersigning import Countersigned, two_people_sign
from services.alliances.tables import AlliancesTable

WAITS = "signed_by IS NULL AND withdrawn_at IS NULL"


class OfficeChange(Countersigned, Subject, AlliancesTable):
    """A change of the hub office (任免); of those about one person at most one waits."""

    __tablename__ = "office_changes"
    subject = "office_change"
    __table_args__ = (
        Index("uq_office_changes_waiting", "person", unique=True, **only_where(WAITS)),
        Index("ix_office_changes_waiting", "id", **only_where(WAITS)),
        two_people_sign(),
    )

    person: Mapped[str]
    kind: Mapped[str]
    signed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @classmethod
    def proposed(cls, *, id_: str, person: str, kind: str, by: str, now: datetime) -> OfficeChange:
        about = {"id": id_, "person": person, "kind": kind, "proposed_by": by, "proposed_at": now.isoformat()}
        return cls(
            id=id_,
            created_at=now,
            person=person,
            kind=kind,
            proposed_by=by,
            proposed_at=now,
            digest=digest(about),
        )

    @property
    def waits(self) -> bool:
        return self.signed_by is None and self.withdrawn_at is None

    def check_waits(self) -> None:
        """Refuses with NothingProposed where it was signed or taken back."""
        if not self.waits:
            raise NothingProposed("officeChangeId")

    def about(self) -> dict[str, Any]:
        """What every message about it says."""
        return {
            "office_change_id": self.id,
            "person": self.person,
            "kind": self.kind,
            "proposed_by": self.proposed_by,
            "digest": self.digest,
        }
