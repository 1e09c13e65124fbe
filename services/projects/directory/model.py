"""Directory: what this service knows of organisations (单位), kept by messages from the registry in alliances."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.refusals import OrganizationMerged
from kit.data.bilingual import Bilingual
from kit.data.db import Id
from services.projects.tables import ProjectsTable

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Organization(Bilingual, ProjectsTable):
    """The newest version of an organisation that the registry has told of; `region` is a GB/T 2260 code.

    One that was merged has a `survivor_id`, who stands in its place now, and that one has its own. What is kept under an id
    stays there.
    """

    __tablename__ = "organizations"
    __table_args__ = (Index("ix_organizations_province", text("(substr(region, 1, 2) || '0000')"), "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    region: Mapped[str]
    survivor_id: Mapped[Id | None]
    names: Mapped[list[OrganizationName]] = relationship(cascade="all, delete-orphan")

    @property
    def stands_as(self) -> str:
        """The id of the organisation that stands in its place, its own unless it was merged."""
        return self.survivor_id or self.id

    def check_stands(self, field: str) -> None:
        """Refuses with OrganizationMerged where another stands in its place."""
        if self.survivor_id and self.survivor_id != self.id:
            raise OrganizationMerged(field, organization=self.survivor_id)

    def call_it(self, names: list[str]) -> None:
        """Let a plan name it by any of these, as registered or in half-width punctuation, which web pages print."""
        spellings = [spelling for name in names for spelling in (name, name.translate(_HALF_WIDTH))]
        self.names = [OrganizationName(name=spelling) for spelling in dict.fromkeys(spellings)]


class OrganizationName(ProjectsTable):
    """One of the names by which a plan may mean an organisation."""

    __tablename__ = "organization_names"
    __table_args__ = (Index("ix_organization_names_name", "name", "organization_id"),)

    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
