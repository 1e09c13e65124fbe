"""Delegates (代表): who speaks for a member in its alliance, from day to day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.membership.memberships.model import Membership
from services.alliances.tables import AlliancesTable


class Delegate(Subject, AlliancesTable):
    """Somebody who speaks for a member from the day `since` through the day `until`, or on and on.

    `person` is the subject of their token, where they can sign in; with a last day before the first they never were it.
    `person_id` is their record, where they have to work for the member.
    """

    __tablename__ = "delegates"
    subject = "delegate"
    __table_args__ = (
        Index("ix_delegates_membership", "membership_id", "since", "id"),
        Index("ix_delegates_record", "person_id", "id"),
    )

    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"))
    kind: Mapped[str]
    person: Mapped[str | None]
    person_id: Mapped[Id | None]
    name: Mapped[str]
    position: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    membership: Mapped[Membership] = relationship(lazy="raise")

    def speaks_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, since: date, until: date | None) -> bool:
        """Whether there is a day of theirs from `since` through `until`."""
        first = max(self.since, since)
        return all(last is None or first <= last for last in (self.until, until))
