"""Classes of members (成员类别): the periods in which a member is in a class other than that of its admission."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from services.alliances.tables import AlliancesTable


class ClassPeriod(AlliancesTable):
    """From the day `since` on a member is in a class, until the day `until`, which is in it no longer.

    A member without a period on a day has the class that the charter gives to new members: so no day is without one.
    """

    __tablename__ = "class_periods"
    __table_args__ = (
        Index("ix_class_periods_membership", "membership_id", "since"),
        Index("ix_class_periods_class", "alliance_id", "code", "since"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"))
    code: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    created_at: Mapped[datetime]
