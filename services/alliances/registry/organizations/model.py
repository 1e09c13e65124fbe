"""Organisations: organisations (单位), what they are, where they are and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stdnum.cn.uscc as credit_code
from sqlalchemy import ForeignKey, Index, event, select, text
from sqlalchemy.orm import Mapped, column_property, foreign, mapped_column, relationship, remote
from stdnum.exceptions import ValidationError

from contracts.alliances.registry.organizations import CreditCodeInvalid
from contracts.refusals import OrganizationMerged
from contracts.regions import province_of
from kit.data.db import Id, Sought, only_where
from kit.data.gathered import gathered
from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from services.alliances.registry.organizations.likeness import likeness
from services.alliances.tables import AlliancesTable

LIVE = "survivor_id IS NULL"
LIKENED = f"{LIVE} AND likeness <> ''"


class Organization(Subject, KeyedByName, AlliancesTable):
    """An organisation (单位); `region` is a GB/T 2260 code, `credit_code` the unified social credit code.

    One that was merged into another has a `survivor`, also where that was merged again: the one that stands now.
    """

    __tablename__ = "organizations"
    subject = "organization"
    __table_args__ = (
        Index("ix_organizations_kind", "kind", "id"),
        Index("ix_organizations_region", "region", "id"),
        Index("ix_organizations_prefecture", text("substr(region, 1, 4)"), "id"),
        Index("ix_organizations_province", text("(substr(region, 1, 2) || '0000')"), "id"),
        Index("uq_organizations_live_name_zh", "name_zh", "region", unique=True, **only_where(LIVE)),
        Index("uq_organizations_live_name_key", "region", "name_key", unique=True, **only_where(LIVE)),
        Index("uq_organizations_live_credit_code", "credit_code", unique=True, **only_where(LIVE)),
        Index("ix_organizations_likeness", "likeness", "id", **only_where(LIKENED)),
        Index("ix_organizations_survivor", "survivor_id", "id", **only_where("survivor_id IS NOT NULL")),
        Index("ix_organizations_body_code", text("substr(credit_code, 9, 9)"), "id"),
    )

    kind: Mapped[str]
    region: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    credit_code: Mapped[str | None]
    likeness: Mapped[str] = mapped_column(server_default="")
    survivor_id: Mapped[Id | None]
    survivor: Mapped[Organization | None] = relationship(
        primaryjoin=lambda: foreign(Organization.survivor_id) == remote(Organization.id), viewonly=True, lazy="raise"
    )
    names: Mapped[list[OrganizationName]] = relationship(cascade="all, delete-orphan", lazy="raise")
    if TYPE_CHECKING:
        called: Mapped[list[str]]
        """All of its names, where they are asked for (`undefer`)."""

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"organization_id": self.id, "province": province_of(self.region)}

    @property
    def current(self) -> Organization:
        """The organisation that stands in its place now: itself, unless it was merged."""
        return self.survivor or self if self.survivor_id else self

    def check_stands(self, field: str) -> None:
        """Refuses with OrganizationMerged, which names the survivor."""
        if self.survivor_id:
            raise OrganizationMerged(field, organization=self.survivor_id)

    def call_it(self, aliases: list[str]) -> None:
        """Make it findable by its two names and these other ones (facts.md, section 10: one body has several spellings)."""
        kept = {each.name: each for each in self.names} if "names" in vars(self) else {}
        self.names = [
            kept.get(name) or OrganizationName(name=name)
            for name in dict.fromkeys([self.name_zh, self.name_en, *aliases])
        ]

    @property
    def all_names(self) -> set[str]:
        """By which it is found."""
        return {self.name_zh, self.name_en, *self.aliases}

    @property
    def aliases(self) -> list[str]:
        """Its other names: of one that is being entered as they were given, else as they were asked for."""
        called = [each.name for each in self.names] if "names" in vars(self) else self.called
        return sorted(name for name in called if name not in {self.name_zh, self.name_en})


@event.listens_for(Organization.name_zh, "set")
def _liken(organization: Organization, name: str, *_: object) -> None:
    organization.likeness = likeness(name)


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
