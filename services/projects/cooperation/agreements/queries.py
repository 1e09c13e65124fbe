"""What can be asked about projects: by an office those of its province, by a representative those of their organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from sqlalchemy.sql.functions import count

from contracts.browsing import START, Stretch
from contracts.projects.cooperation.agreements import ParticipationStatus, ProjectStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, page
from kit.rights.merged import one_with
from kit.rights.right import province_code
from procedures.search.finding import Search, found
from services.projects.cooperation.agreements.model import Milestone, Participant, Project
from services.projects.directory.model import Organization
from services.projects.rights import ANSWERS_FOR, SEES_PROJECT

_WHOLE = (selectinload(Project.participants), joinedload(Project.lead))
_FRESH = {"populate_existing": True}
_ANSWERING = selectinload(Project.participants).joinedload(Participant.organization)


def projects(
    session: Session,
    *,
    organization_id: str | None = None,
    status: ProjectStatus | None = None,
    search: str | None = None,
    stretch: Stretch = START,
) -> Page[Project]:
    """Projects in the order of their opening; with a `search` those that it finds, in its order."""
    seen, chosen = partial(_seen, session), list(_chosen(session, organization_id, status))
    query = select(Project).where(seen(Project.id), *chosen).options(*_WHOLE)
    if search:
        return found(session, Project, Search(search, seen=seen, chosen=chosen, parts=_WHOLE), stretch)
    return page(session, query, stretch, orders=by_age(Project.id))


def _chosen(
    session: Session, organization_id: str | None, status: ProjectStatus | None
) -> Iterator[ColumnElement[bool]]:
    if organization_id:
        accepted = select(Participant.project_id).where(
            Participant.organization_id.in_(one_with(session, organization_id)),
            Participant.status == ParticipationStatus.ACCEPTED,
        )
        yield Project.id.in_(accepted)
    if status:
        yield Project.status == status


def projects_by_id(session: Session, ids: list[str]) -> Sequence[Project]:
    """Those of these projects that the viewer may know of, also by being asked to take part, in no particular order."""
    known = _seen(session, Project.id) | _asked(session, Participant.project_id.in_(ids))
    return session.scalars(select(Project).where(Project.id.in_(ids), known).options(*_WHOLE)).all()


def project_invitations(session: Session, *, stretch: Stretch = START) -> Page[Project]:
    """The projects that wait for an answer of the viewer's organisations, in the order of their opening."""
    query = select(Project).where(_asked(session)).options(*_WHOLE)
    return page(session, query, stretch, orders=by_age(Project.id))


def project(session: Session, project_id: str) -> Project:
    """The project, for nobody else to change before this transaction ends; refuses with NotFound."""
    query = select(Project).where(Project.id == project_id).with_for_update(of=Project)
    found = session.scalar(query.options(_ANSWERING, joinedload(Project.lead)), execution_options=_FRESH)
    if found is None:
        raise NotFound("projectId")
    return found


def milestones(session: Session, *, project_ids: list[str]) -> Sequence[Milestone]:
    """The milestones of these projects, each project's by the day on which they are due."""
    query = select(Milestone).where(Milestone.project_id.in_(project_ids), _seen(session, Milestone.project_id))
    return session.scalars(query.order_by(Milestone.project_id, Milestone.due_on, Milestone.id)).all()


def milestones_by_id(session: Session, ids: list[str]) -> Sequence[Milestone]:
    """Those of these milestones that exist and that the viewer may know of, in no particular order."""
    query = select(Milestone).where(Milestone.id.in_(ids), _seen(session, Milestone.project_id))
    return session.scalars(query.options(joinedload(Milestone.project))).all()


def milestone(session: Session, milestone_id: str) -> Milestone:
    """The milestone with its project and who takes part in that; refuses with NotFound."""
    whole = joinedload(Milestone.project).selectinload(Project.participants)
    found = session.find(Milestone, milestone_id, whole)
    if found is None:
        raise NotFound("milestoneId")
    return found


def milestones_of(session: Session, project_id: str) -> Sequence[Milestone]:
    """All milestones of a project."""
    return session.scalars(select(Milestone).where(Milestone.project_id == project_id).order_by(Milestone.id)).all()


def milestones_open(session: Session, project_id: str) -> int:
    """How many milestones of the project are not reached."""
    waiting = select(count()).where(Milestone.project_id == project_id, Milestone.reached_at.is_(None))
    return session.scalars(waiting).one()


def _seen(session: Session, project_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """That the viewer may know of the project with this id, by one of those that have accepted."""
    concerned = SEES_PROJECT.rows(
        session, organization_id=Participant.organization_id, province=province_code(Organization.region)
    )
    taking_part = select(Participant).join(Organization, Organization.id == Participant.organization_id)
    accepted = taking_part.where(
        Participant.project_id == project_id, Participant.status == ParticipationStatus.ACCEPTED
    )
    return true() if concerned is true() else accepted.where(concerned).exists()


def _asked(session: Session, *among: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a project waits for an answer of an organisation for which the viewer speaks, as far as it is `among` some."""
    mine = ANSWERS_FOR.rows(session, organization_id=Participant.organization_id)
    waiting = select(Participant.project_id).where(Participant.status == ParticipationStatus.INVITED, mine, *among)
    return Project.id.in_(waiting)
