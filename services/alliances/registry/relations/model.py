"""Relations: how two organisations belong together since a day, and which continue which (承继)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable

_STANDS = "until IS NULL"


class Relation(Subject, AlliancesTable):
    """One organisation is to another what the kind says, from `since` to `until`; relations of a kind make no circle."""

    __tablename__ = "relations"
    subject = "relation"
    __table_args__ = (
        Index("uq_relations_standing", "organization_id", "to_id", "kind", unique=True, **only_where(_STANDS)),
        Index(
            "uq_relations_superior",
            "organization_id",
            unique=True,
            **only_where(f"kind = 'subordinate_to' AND {_STANDS}"),
        ),
        Index("ix_relations_organization", "organization_id", "id"),
        Index("ix_relations_to", "to_id", "id"),
        Index("ix_relations_succession", "succession_id", **only_where("succession_id IS NOT NULL")),
    )

    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    to_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    kind: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[str]
    succession_id: Mapped[Id | None]
    organization: Mapped[Organization] = relationship(foreign_keys=[organization_id], lazy="raise")
    to: Mapped[Organization] = relationship(foreign_keys=[to_id], lazy="raise")


class Succession(Subject, AlliancesTable):
    """That these organisations went over into those, or ended, on a day; it was a mistake once it is withdrawn."""

    __tablename__ = "successions"
    subject = "succession"
    __table_args__ = (Index("ix_successions_standing", "id", **only_where("withdrawn_at IS NULL")),)

    kind: Mapped[str]
    on: Mapped[date]
    from_ids: Mapped[list[str]]
    to_ids: Mapped[list[str]]
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
