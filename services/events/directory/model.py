"""The directory: what events knows of organisations and alliances, as alliances last told it."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.refusals import OrganizationMerged
from contracts.regions import province_of
from kit.data.bilingual import Bilingual
from kit.data.db import Id, only_where
from services.events.tables import EventsTable


class Organization(Bilingual, EventsTable):
    """An organisation (单位); `region` is its GB/T 2260 code, `version` that of the message it was read from.

    `kind` is one of alliances' kinds, empty where it was heard of before kinds were kept. One that was merged has a
    `survivor_id`, who stands in its place now, and that one has its own. What is kept under an id stays there.
    """

    __tablename__ = "organizations"
    __table_args__ = (
        Index("ix_organizations_name_zh", "name_zh"),
        Index("ix_organizations_name_en", "name_en"),
        Index("ix_organizations_survivor", "survivor_id", "id", **only_where("survivor_id IS NOT NULL")),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    region: Mapped[str]
    kind: Mapped[str | None]
    survivor_id: Mapped[Id | None]

    def check_stands(self, field: str) -> None:
        """Refuses with OrganizationMerged where another stands in its place."""
        if self.survivor_id and self.survivor_id != self.id:
            raise OrganizationMerged(field, organization=self.survivor_id)

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"organization_id": self.id, "province": self.province}

    @property
    def province(self) -> str:
        return province_of(self.region)


class AllianceMember(EventsTable):
    """How an organisation stands to an alliance, as the membership last told; `status` is a MembershipStatus."""

    __tablename__ = "alliance_members"
    __table_args__ = (Index("ix_alliance_members_alliance", "alliance_id", "organization_id"),)

    membership_id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int]
    alliance_id: Mapped[Id]
    organization_id: Mapped[Id]
    status: Mapped[str]


class Alliance(EventsTable):
    """An alliance (联盟), known by its id only: a competition can be held for its members."""

    __tablename__ = "alliances"

    id: Mapped[Id] = mapped_column(primary_key=True)
