"""Plans (工作要点、行动计划): a document's sections, items, responsible units and targets as they are tracked."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.regions import province_of
from kit.data.db import Id
from kit.data.subjects import Subject
from procedures.search.tables import Findable, Fragment
from services.projects.planning.plans.reading import Doubt, Reading
from services.projects.tables import ProjectsTable

LONGEST_UNIT = 200
"""Characters; what is longer is no name of a unit, however it is printed."""
OPENING_WORDS = 40


class PlanFragment(Fragment, ProjectsTable):
    """A piece of the title by which a plan is found."""

    __tablename__ = "plan_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)


class Plan(Subject, Findable, ProjectsTable):
    """A plan document (规划、要点、方案); `region` is the GB/T 2260 code of who issued it, `digest` tells its text."""

    __tablename__ = "plans"
    subject = "plan"
    fragments = PlanFragment
    __table_args__ = (
        Index("ix_plans_public", "public", "id"),
        Index("ix_plans_spelling", "spelling", "id"),
        Index("uq_plans_digest", "digest", unique=True),
    )

    title: Mapped[str]
    issuer: Mapped[str | None]
    year: Mapped[int | None]
    document_number: Mapped[str | None]
    region: Mapped[str | None]
    public: Mapped[bool]
    digest: Mapped[str]

    def sought_names(self, _: datetime) -> list[str]:
        return [self.title]


class PlanSection(ProjectsTable):
    """A heading (章节) of a plan; ids are in the order of the document, `line` counts the lines of its text from 1."""

    __tablename__ = "plan_sections"
    __table_args__ = (Index("ix_plan_sections_plan", "plan_id", "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    plan_id: Mapped[Id] = mapped_column(ForeignKey("plans.id"))
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("plan_sections.id"))
    key: Mapped[str]
    title: Mapped[str]
    level: Mapped[int]
    line: Mapped[int]


class WorkItem(ProjectsTable):
    """One thing that a plan says to do, to reach or to know (工作事项); ids are in the order of the document."""

    __tablename__ = "work_items"
    __table_args__ = (
        Index("ix_work_items_plan", "plan_id", "id"),
        Index("ix_work_items_section", "section_id", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    plan_id: Mapped[Id] = mapped_column(ForeignKey("plans.id"))
    section_id: Mapped[Id | None] = mapped_column(ForeignKey("plan_sections.id"))
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("work_items.id"))
    key: Mapped[str]
    number: Mapped[str | None]
    kind: Mapped[str]
    text: Mapped[str]
    responsible_raw: Mapped[str | None]
    line: Mapped[int]
    units: Mapped[list[ResponsibleUnit]] = relationship(lazy="raise", order_by="ResponsibleUnit.place")
    deadlines: Mapped[list[ItemDeadline]] = relationship(lazy="raise", order_by="ItemDeadline.place")


class ResponsibleUnit(ProjectsTable):
    """A unit (责任单位) that an item names, as printed; `place` is its place in the item's list from 0.

    `role` is None where the document names none.
    """

    __tablename__ = "responsible_units"
    __table_args__ = (Index("ix_responsible_units_name", "name", "item_id"),)

    item_id: Mapped[Id] = mapped_column(ForeignKey("work_items.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str | None]


class ItemDeadline(ProjectsTable):
    """By when an item is due (完成时限), with the meaning of `services.projects.planning.plans.reading.Deadline`."""

    __tablename__ = "item_deadlines"

    item_id: Mapped[Id] = mapped_column(ForeignKey("work_items.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    due_on: Mapped[date | None]
    rhythm: Mapped[str | None]
    standing: Mapped[bool]
    what: Mapped[str | None]


class Target(ProjectsTable):
    """A numeric target (量化指标) of an item, with the meaning of `services.projects.planning.plans.reading.Target`."""

    __tablename__ = "targets"

    item_id: Mapped[Id] = mapped_column(ForeignKey("work_items.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    metric: Mapped[str]
    comparator: Mapped[str]
    comparator_inferred: Mapped[bool]
    value: Mapped[float]
    value_max: Mapped[float | None]
    unit: Mapped[str | None]
    due_year: Mapped[int | None]
    frequency: Mapped[str | None]
    scope: Mapped[str | None]
    quote: Mapped[str]


def text_digest(text: str) -> str:
    """The same for texts that differ only in white space, full or half width, and what cannot be seen."""
    seen = (letter for letter in unicodedata.normalize("NFKC", text) if letter.isprintable() and letter != " ")
    return hashlib.sha256("".join(seen).encode()).hexdigest()


def doubts_digest(doubts: Iterable[Doubt]) -> str:
    """What a person confirms who has seen these doubts, in whichever language."""
    seen = "\n".join(f"{doubt.code}|{doubt.item}|{doubt.line}|{doubt.fragment}" for doubt in doubts)
    return hashlib.sha256(seen.encode()).hexdigest()


def title_of(reading: Reading, given: str | None) -> str:
    """The title that the importer gives, else the printed one, else the opening words of the text."""
    opening = reading.items[0].text
    cut = opening if len(opening) <= OPENING_WORDS else opening[:OPENING_WORDS] + "…"
    return given or reading.title or cut


def the_one_meant(bearers: dict[str, str], region: str | None) -> str | None:
    """Which organisation a plan means by a name, of those that bear it (id → region).

    The only one, or the only one in the plan's own province; None where that leaves a doubt, for it is better to tell
    nobody than a stranger.
    """
    if len(bearers) > 1:
        home = province_of(region) if region else ""
        bearers = {id_: where for id_, where in bearers.items() if province_of(where) == home}
    return next(iter(bearers)) if len(bearers) == 1 else None
