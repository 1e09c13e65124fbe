"""Terms of memberships (成员任期): from which day through which a membership is given, and how it stands by that."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id
from services.alliances.membership.memberships.model import Membership
from services.alliances.tables import AlliancesTable


class MembershipTerm(AlliancesTable):
    """A term of a membership, through the day `until`. A renewal and a correction are terms of their own, so none changes.

    `current` is the newest one while it counts. `charter` is the number of the version whose ladder it goes by, `due_on` the
    day of its first rung, `told` that of the last rung that was told, or that had come before the term was given.
    """

    __tablename__ = "membership_terms"
    __table_args__ = (
        Index("uq_membership_terms_number", "membership_id", "number", unique=True),
        Index("ix_membership_terms_board", "alliance_id", "current", "until", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"))
    number: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    current: Mapped[bool]
    charter: Mapped[int]
    due_on: Mapped[date]
    told: Mapped[date | None]
    created_at: Mapped[datetime]
    membership: Mapped[Membership] = relationship(lazy="raise")
