"""Organisations: organisations (单位), what they are, where they are and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import stdnum.cn.uscc as credit_code
from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, undefer
from sqlalchemy.sql.base import ExecutableOption
from stdnum.exceptions import ValidationError

from contracts.alliances.registry.organizations import CreditCodeInvalid
from contracts.regions import province_of
from kit.data.db import Id, Sought
from kit.data.gathered import gathered
from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from procedures.search.tables import Findable, Fragment
from services.alliances.tables import AlliancesTable


class OrganizationFragment(Fragment, AlliancesTable):
    """A piece of a name by which an organisation is found."""

    __tablename__ = "organization_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)


class Organization(Subject, KeyedByName, Findable, AlliancesTable):
    """An organisation (单位); `region` is a GB/T 2260 code, `credit_code` the unified social credit code."""

    __tablename__ = "organizations"
    subject = "organization"
    fragments = OrganizationFragment
    __table_args__ = (
        Index("ix_organizations_kind", "kind", "id"),
        Index("ix_organizations_region", "region", "id"),
        Index("ix_organizations_spelling", "spelling", "id"),
        Index("ix_organizations_prefecture", text("substr(region, 1, 4)"), "id"),
        Index("ix_organizations_province", text("(substr(region, 1, 2) || '0000')"), "id"),
        Index("uq_organizations_name_zh", "name_zh", "region", unique=True),
        Index("uq_organizations_name_key", "region", "name_key", unique=True),
        Index("uq_organizations_credit_code", "credit_code", unique=True),
    )

    kind: Mapped[str]
    region: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    credit_code: Mapped[str | None]
    names: Mapped[list[OrganizationName]] = relationship(cascade="all, delete-orphan", lazy="raise")
    if TYPE_CHECKING:
        called: Mapped[list[str]]
        """All of its names, where they are asked for (`undefer`)."""

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"organization_id": self.id, "province": province_of(self.region)}

    def call_it(self, aliases: list[str]) -> None:
        """Make it findable by its two names and these other ones (facts.md, section 10: one body has several spellings)."""
        self.names = [OrganizationName(name=name) for name in dict.fromkeys([self.name_zh, self.name_en, *aliases])]

    @property
    def sought_names(self) -> list[str]:
        return [self.name_zh, self.name_en, *self.aliases]

    @classmethod
    def with_names(cls) -> Sequence[ExecutableOption]:
        return (undefer(cls.called),)

    @property
    def aliases(self) -> list[str]:
        """Its other names: of one that is being entered as they were given, else as they were asked for."""
        called = [each.name for each in self.names] if "names" in vars(self) else self.called
        return sorted(name for name in called if name not in {self.name_zh, self.name_en})


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
