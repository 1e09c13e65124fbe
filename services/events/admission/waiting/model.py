"""Waiting (候补): what was decided about every entry that waited, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from procedures.waiting.policies import Decision
from services.events.tables import EventsTable


class WaitingDecision(EventsTable):
    """One decision about one waiting entry: it was offered a place, or another entry was, over it (`passed_for`).

    `policy` and `version` tell by which rule, `reason` what it came to, `free` how many places the entry could have had.
    """

    __tablename__ = "waiting_decisions"
    __table_args__ = (Index("ix_waiting_decisions_entry", "entry_id", "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    quota_id: Mapped[Id]
    decided_at: Mapped[datetime]
    policy: Mapped[str]
    version: Mapped[int]
    reason: Mapped[str]
    free: Mapped[int]
    offered: Mapped[bool]
    passed_for: Mapped[Id | None]

    @classmethod
    def of(cls, decision: Decision, *, id_: str, quota_id: str, now: datetime) -> WaitingDecision:
        return cls(
            id=id_,
            entry_id=decision.entry_id,
            quota_id=quota_id,
            decided_at=now,
            policy=decision.policy,
            version=decision.version,
            reason=decision.reason,
            free=decision.free,
            offered=decision.is_offer,
            passed_for=decision.passed_for,
        )
