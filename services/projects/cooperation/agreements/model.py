"""Agreements (合作项目): what organisations of several provinces have undertaken together, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.projects.cooperation.agreements import MilestoneReachedAlready, OneProvinceOnly
from contracts.regions import province_of
from kit.data.db import Id
from kit.data.subjects import Subject
from services.projects.tables import ProjectsTable


class Project(Subject, ProjectsTable):
    """A cooperation project (合作项目), maybe opened from an item of a plan; its lead is one of its participants."""

    __tablename__ = "projects"
    subject = "project"

    title: Mapped[str]
    item_id: Mapped[Id | None] = mapped_column(ForeignKey("work_items.id"))
    lead_organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    participants: Mapped[list[Participant]] = relationship(lazy="raise", order_by="Participant.organization_id")


class Participant(ProjectsTable):
    """One organisation that takes part in one project (参与单位)."""

    __tablename__ = "participants"
    __table_args__ = (Index("ix_participants_organization", "organization_id", "project_id"),)

    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)


class Milestone(ProjectsTable):
    """A step of a project (阶段目标) and the day by which it is to be reached."""

    __tablename__ = "milestones"
    __table_args__ = (Index("ix_milestones_project", "project_id", "due_on", "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    title: Mapped[str]
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]
    project: Mapped[Project] = relationship(lazy="raise")

    def reach(self, at: datetime) -> None:
        """Refuses with MilestoneReachedAlready; two at once are told apart by the version of the project."""
        if self.reached_at:
            raise MilestoneReachedAlready("milestoneId")
        self.reached_at = at


def check_provinces(regions: Iterable[str], at_least: int) -> None:
    """Refuses with OneProvinceOnly where the regions lie in fewer provinces than a cooperation needs."""
    if len({province_of(region) for region in regions}) < at_least:
        raise OneProvinceOnly("participantIds", provinces=at_least)
