"""Organisations: organisations (单位), what they are, where they are and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import stdnum.cn.uscc as credit_code
from sqlalchemy import ForeignKey, Index, event, select, text
from sqlalchemy.orm import Mapped, column_property, foreign, mapped_column, relationship, remote, undefer
from sqlalchemy.sql.base import ExecutableOption
from stdnum.exceptions import ValidationError

from contracts.alliances.registry.organizations import (
    CreditCodeInvalid,
    OrganizationActive,
    OrganizationInactive,
    OrganizationStatus,
)
from contracts.refusals import OrganizationMerged
from contracts.regions import province_of
from kit.data.db import Id, Sought, only_where
from kit.data.gathered import gathered
from kit.data.subjects import Subject
from procedures.search.tables import Fragment, Sorted
from services.alliances.registry.naming import DatedName, Renamed
from services.alliances.registry.organizations.likeness import likeness
from services.alliances.tables import AlliancesTable

_ACTIVE = only_where("status = 'active'")
_LIKENED = only_where("survivor_id IS NULL AND likeness <> ''")


class OrganizationFragment(Fragment, AlliancesTable):
    """A piece of a name by which an organisation is found."""

    __tablename__ = "organization_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)


class Organization(Subject, Renamed, Sorted, AlliancesTable):
    """An organisation (单位); `region` is a GB/T 2260 code, `credit_code` the unified social credit code.

    A body overseas has the empty region and a `country`. Of one that is no longer active, names and codes are free again.
    One that was merged into another has a `survivor`, also where that was merged again: the one that stands now.
    """

    __tablename__ = "organizations"
    subject = "organization"
    fragments = OrganizationFragment
    __table_args__ = (
        Index("ix_organizations_kind", "kind", "id"),
        Index("ix_organizations_region", "region", "id"),
        Index("ix_organizations_spelling", "spelling", "id"),
        Index("ix_organizations_sorted", "sort_key", "id", **only_where("survivor_id IS NULL")),
        Index("ix_organizations_prefecture", text("substr(region, 1, 4)"), "id"),
        Index("ix_organizations_province", text("(substr(region, 1, 2) || '0000')"), "id"),
        Index("ix_organizations_superior", "superior_id", "id", **only_where("superior_id IS NOT NULL")),
        Index("uq_organizations_name", "name_zh", "region", text("coalesce(country, '')"), unique=True, **_ACTIVE),
        Index("uq_organizations_name_key", "region", "name_key", text("coalesce(country, '')"), unique=True, **_ACTIVE),
        Index("uq_organizations_credit", "credit_code", unique=True, **_ACTIVE),
        Index("uq_organizations_school", "school_code", unique=True, **_ACTIVE),
        Index("ix_organizations_name_key", "name_key"),
        Index("ix_organizations_likeness", "likeness", "id", **_LIKENED),
        Index("ix_organizations_survivor", "survivor_id", "id", **only_where("survivor_id IS NOT NULL")),
        Index("ix_organizations_body_code", text("substr(credit_code, 9, 9)"), "id"),
    )

    kind: Mapped[str]
    region: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    credit_code: Mapped[str | None]
    school_code: Mapped[str | None]
    country: Mapped[str | None]
    website: Mapped[str | None]
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    superior_id: Mapped[Id | None]
    status: Mapped[str] = mapped_column(default=OrganizationStatus.ACTIVE, server_default=OrganizationStatus.ACTIVE)
    retired_on: Mapped[date | None]
    likeness: Mapped[str] = mapped_column(server_default="")
    survivor_id: Mapped[Id | None]
    survivor: Mapped[Organization | None] = relationship(
        primaryjoin=lambda: foreign(Organization.survivor_id) == remote(Organization.id), viewonly=True, lazy="raise"
    )
    official: Mapped[list[OfficialName]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="OfficialName.since"
    )
    names: Mapped[list[OrganizationName]] = relationship(cascade="all, delete-orphan", lazy="raise")
    if TYPE_CHECKING:
        called: Mapped[list[str]]
        """All of its names, where they are asked for (`undefer`)."""

    @property
    def keys(self) -> dict[str, str | None]:
        """What rights on it look at."""
        return {"organization_id": self.id, "province": province_of(self.region) if self.region else None}

    def check_goes_on(self) -> None:
        """Go on only where it is not closed; raises OrganizationInactive."""
        if self.status != OrganizationStatus.ACTIVE:
            raise OrganizationInactive("organizationId")

    @property
    def current(self) -> Organization:
        """The organisation that stands in its place now: itself, unless it was merged."""
        return self.survivor or self if self.survivor_id else self

    def check_stands(self, field: str = "organizationId") -> None:
        """Refuses with OrganizationMerged, which names the survivor."""
        if self.survivor_id:
            raise OrganizationMerged(field, organization=self.survivor_id)

    def check_can_be_closed(self) -> None:
        """Refuses one that was merged, or closed already."""
        self.check_stands("organizationId")
        self.check_goes_on()

    def check_can_be_reopened(self) -> None:
        """Refuses one that was merged, and with OrganizationActive one that goes on."""
        self.check_stands("organizationId")
        if self.status == OrganizationStatus.ACTIVE and self.retired_on is None:
            raise OrganizationActive("organizationId")

    @property
    def is_to_be_closed(self) -> bool:
        """Whether it goes on until a day that is known."""
        return self.status == OrganizationStatus.ACTIVE and self.retired_on is not None

    def call_it(self, aliases: list[str], today: date) -> None:
        """Make it findable by its names, the former ones, and these other ones: one body has several spellings."""
        names = dict.fromkeys([self.name_zh, self.name_en, *self.borne_by(today), *aliases])
        self.names = [OrganizationName(name=name) for name in names]

    def sought_names(self, _: datetime) -> list[str]:
        return [self.name_zh, self.name_en, *self.aliases]

    @classmethod
    def with_names(cls) -> Sequence[ExecutableOption]:
        return (undefer(cls.called),)

    @property
    def all_names(self) -> set[str]:
        """By which it is found."""
        return {self.name_zh, self.name_en, *self.aliases}

    @property
    def aliases(self) -> list[str]:
        """Its other names, former ones among them: those that are being entered or changed, else as they were asked for."""
        called = [each.name for each in self.names] if "names" in vars(self) else self.called
        return sorted(name for name in called if name not in {self.name_zh, self.name_en})

    @property
    def own_aliases(self) -> list[str]:
        """Its other names that it never bore officially."""
        official = {name for period in self.periods for name in period.texts}
        return [name for name in self.aliases if name not in official]


@event.listens_for(Organization.name_zh, "set")
def _liken(organization: Organization, name: str, *_: object) -> None:
    organization.likeness = likeness(name)


class OfficialName(DatedName, AlliancesTable):
    """What an organisation that was renamed is officially called from a day on."""

    __tablename__ = "official_names"

    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)


Organization.dated = OfficialName


class PlannedMove(AlliancesTable):
    """Where an organisation will have its seat from a day on."""

    __tablename__ = "planned_moves"

    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    region: Mapped[str]
    country: Mapped[str | None]
    since: Mapped[date]
    reason: Mapped[str]


class OrganizationName(AlliancesTable):
    """One of the names by which an organisation is found."""

    __tablename__ = "organization_names"
    __table_args__ = (Index("ix_organization_names_name", "name", "organization_id"),)

    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    name: Mapped[Sought] = mapped_column(primary_key=True)


Organization.called = column_property(
    select(gathered(OrganizationName.name))
    .where(OrganizationName.organization_id == Organization.id)
    .scalar_subquery(),
    deferred=True,
    raiseload=True,
)


def check_credit_code(code: str | None) -> str | None:
    """The code in its standard form (GB 32100-2015); raises CreditCodeInvalid."""
    if code is None:
        return None
    try:
        return str(credit_code.validate(code))
    except ValidationError:
        raise CreditCodeInvalid("creditCode") from None
