"""Persons: a human whom the hub keeps a record of, and their dated affiliations to organisations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.alliances.people.persons import NameIsTheirs
from contracts.refusals import Invalid
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.search.tables import Findable, Fragment
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable

LAST_DAY = date.max


class PersonFragment(Fragment, AlliancesTable):
    """What somebody may type to find a person."""

    __tablename__ = "person_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)


class Person(Subject, Findable, AlliancesTable):
    """A person (人员); `account` is the subject of their token. A record that was merged says which other.

    An account belongs to one record for good, also after that was merged: both accounts of one person lead to their name.
    """

    __tablename__ = "persons"
    subject = "person"
    __table_args__ = (
        Index("uq_persons_account", "account", unique=True),
        Index("ix_persons_stays", text("coalesce(merged_into, id)")),
        Index("ix_persons_merged_into", "merged_into", **only_where("merged_into IS NOT NULL")),
        Index("ix_persons_registered_by", "registered_by", "id"),
        Index("ix_persons_spelling", "spelling", "id"),
    )

    fragments = PersonFragment

    name_zh: Mapped[str]
    name_en: Mapped[str]
    account: Mapped[str | None]
    registered_by: Mapped[str]
    named_at: Mapped[datetime | None]
    erase_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    merged_into: Mapped[Id | None] = mapped_column(ForeignKey("persons.id"))

    def sought_names(self, now: datetime) -> list[str]:
        return [name for name in (self.name_zh, self.name_en) if name]

    def call_it(self, name_zh: str, name_en: str | None) -> None:
        self.name_zh, self.name_en = name_zh, name_en or ""

    def erase(self, now: datetime) -> None:
        """Leave nothing but the id."""
        self.name_zh = self.name_en = self.registered_by = ""
        self.account = self.named_at = self.erase_at = None
        self.erased_at = now

    def check_not_theirs(self) -> None:
        """Refuses with NameIsTheirs where the person has said themselves what they are called."""
        if self.named_at:
            raise NameIsTheirs("nameZh")

    @property
    def about(self) -> dict[str, Any]:
        """What every message about them says."""
        return {"person_id": self.id, "account": self.account}


class Affiliation(AlliancesTable):
    """That a person works for an organisation (任职) from a first day to a last one; `until` is empty where none is known."""

    __tablename__ = "affiliations"
    __table_args__ = (
        Index("ix_affiliations_person", "person_id", "id"),
        Index("ix_affiliations_organization", "organization_id", "person_id"),
        CheckConstraint("until IS NULL OR until >= since", name="in_order"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("persons.id"))
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    position: Mapped[str]
    department: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    main: Mapped[bool]
    organization: Mapped[Organization] = relationship(lazy="raise")

    def last(self, since: date, until: date | None, *, main: bool) -> None:
        """Let it last from one day to another; refuses with Invalid where the last comes before the first."""
        if until and until < since:
            raise Invalid("until")
        self.since, self.until, self.main = since, until, main

    def overlaps(self, other: Affiliation) -> bool:
        """Whether there is a day on which both hold."""
        return self.since <= (other.until or LAST_DAY) and other.since <= (self.until or LAST_DAY)
