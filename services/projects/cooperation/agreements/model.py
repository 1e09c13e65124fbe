"""Agreements (合作项目): what organisations of several provinces have undertaken together, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.projects.cooperation.agreements import (
    MilestoneReachedAlready,
    NotInvited,
    OneProvinceOnly,
    ParticipationStatus,
)
from contracts.regions import province_of
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.search.tables import Findable, Fragment
from services.projects.directory.model import Organization
from services.projects.tables import ProjectsTable

S = ParticipationStatus


class ProjectFragment(Fragment, ProjectsTable):
    """A piece of the title by which a project is found."""

    __tablename__ = "project_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True)


class Project(Subject, Findable, ProjectsTable):
    """A cooperation project (合作项目), maybe opened from an item of a plan; its lead is one of its participants."""

    __tablename__ = "projects"
    subject = "project"
    fragments = ProjectFragment
    __table_args__ = (Index("ix_projects_spelling", "spelling", "id"),)

    title: Mapped[str]
    item_id: Mapped[Id | None] = mapped_column(ForeignKey("work_items.id"))
    lead_organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    lead: Mapped[Organization] = relationship(lazy="raise")
    participants: Mapped[list[Participant]] = relationship(lazy="raise", order_by="Participant.organization_id")

    def sought_names(self, _: datetime) -> list[str]:
        return [self.title]

    @property
    def taking_part(self) -> list[str]:
        """The ids of the organisations that have accepted, the lead among them."""
        return [each.organization_id for each in self.participants if each.status == S.ACCEPTED]

    @property
    def invited(self) -> list[Participant]:
        """Those that have not answered yet."""
        return [each for each in self.participants if each.status == S.INVITED]

    def asked(self, organization_id: str) -> Participant:
        """What an organisation, or one that is one with it, has to answer; refuses with NotInvited."""
        own = [each for each in self.invited if each.organization_id == organization_id]
        now = {each.organization_id: each.organization.stands_as for each in self.participants}
        one = now.get(organization_id, organization_id)
        found = next(iter(own), None) or next((each for each in self.invited if now[each.organization_id] == one), None)
        if found is None:
            raise NotInvited("organizationId")
        return found


class Participant(ProjectsTable):
    """One organisation that a project names (参与单位): it takes part once it has accepted.

    The default of the column is for what an earlier release writes, which asks nobody.
    """

    __tablename__ = "participants"
    __table_args__ = (
        Index("ix_participants_organization", "organization_id", "project_id"),
        Index("ix_participants_invited", "organization_id", "project_id", **only_where("status = 'invited'")),
    )

    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    status: Mapped[str] = mapped_column(server_default=S.ACCEPTED)
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="")
    organization: Mapped[Organization] = relationship(lazy="raise")

    def answer(self, status: ParticipationStatus, now: datetime, reason: str = "") -> None:
        """Let it wait for an answer no longer."""
        self.status, self.answered_at, self.reason = status, now, reason


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
