"""Agreements (合作项目): what organisations of several provinces have undertaken together, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.projects.cooperation.agreements import (
    MilestoneNotReached,
    MilestoneReachedAlready,
    NotInvited,
    OneProvinceOnly,
    ParticipationStatus,
    ProjectEndsBefore,
    ProjectIsClosed,
    ProjectNotClosed,
    ProjectOutcome,
    ProjectStatus,
    ReopenTooLate,
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
    """A cooperation project (合作项目), maybe opened from an item of a plan; its lead is one of its participants.

    Who was asked to take part answers until `answer_by`.
    """

    __tablename__ = "projects"
    subject = "project"
    fragments = ProjectFragment
    __table_args__ = (
        Index("ix_projects_spelling", "spelling", "id"),
        Index("ix_projects_status", "status", "id"),
        Index("ix_projects_answering", "answer_by", "id"),
    )

    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="", default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(server_default=ProjectStatus.OPEN, default=ProjectStatus.OPEN)
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str] = mapped_column(server_default="", default="")
    item_id: Mapped[Id | None] = mapped_column(ForeignKey("work_items.id"))
    lead_organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    answer_by: Mapped[datetime | None]
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

    @property
    def concerned(self) -> list[str]:
        """The ids of those that take part or are asked to."""
        return [each.organization_id for each in self.participants if each.status in (S.ACCEPTED, S.INVITED)]

    def check_open(self, field: str = "projectId") -> None:
        """Refuses with ProjectIsClosed."""
        if self.status != ProjectStatus.OPEN:
            raise ProjectIsClosed(field)

    def check_days(self) -> None:
        """Refuses with ProjectEndsBefore where it would end before it starts."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ProjectEndsBefore("endsOn")

    def check_closed(self) -> None:
        """Refuses with ProjectNotClosed."""
        if self.closed_at is None:
            raise ProjectNotClosed("projectId")

    def close(self, outcome: ProjectOutcome, reason: str, now: datetime) -> None:
        """It is carried out no longer, and nobody is asked any more; refuses with ProjectIsClosed."""
        self.check_open()
        self.status, self.closed_at, self.closed_because = outcome.value, now, reason
        for each in self.invited:
            each.answer(S.WITHDRAWN, now)

    def reopen(self, now: datetime, days: int) -> None:
        """Carry it on, within so many days; refuses with ProjectNotClosed or ReopenTooLate."""
        self.check_closed()
        assert self.closed_at
        if now > self.closed_at + timedelta(days=days):
            raise ReopenTooLate("projectId", days=days)
        self.status, self.closed_at, self.closed_because = ProjectStatus.OPEN, None, ""

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
    __table_args__ = (
        Index("ix_milestones_project", "project_id", "due_on", "id"),
        Index("ix_milestones_due", "due_on", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    title: Mapped[str]
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]
    project: Mapped[Project] = relationship(lazy="raise")

    def check_can_be_changed(self) -> None:
        """Refuses with ProjectIsClosed."""
        self.project.check_open("milestoneId")

    def check_can_be_reached(self) -> None:
        """Refuses with ProjectIsClosed or MilestoneReachedAlready."""
        self.check_can_be_changed()
        if self.reached_at:
            raise MilestoneReachedAlready("milestoneId")

    def check_can_be_reopened(self) -> None:
        """Refuses with ProjectIsClosed or MilestoneNotReached."""
        self.check_can_be_changed()
        if not self.reached_at:
            raise MilestoneNotReached("milestoneId")

    def reach(self, at: datetime) -> None:
        """Refuses as `check_can_be_reached` does; two at once are told apart by the version of the project."""
        self.check_can_be_reached()
        self.reached_at = at

    def reopen(self) -> None:
        """Refuses as `check_can_be_reopened` does."""
        self.check_can_be_reopened()
        self.reached_at = None


def check_provinces(regions: Iterable[str], at_least: int) -> None:
    """Refuses with OneProvinceOnly where the regions lie in fewer provinces than a cooperation needs."""
    if len({province_of(region) for region in regions}) < at_least:
        raise OneProvinceOnly("participantIds", provinces=at_least)
