"""What can be asked about plans: public ones by anybody, others by the hub office and the office of their province."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, exists, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.first_of_each import count_of_each, first_of_each
from kit.data.paging import Page, by_age, page
from kit.rights.right import province_code
from procedures.search.finding import Search, found
from services.projects.directory.model import Organization, OrganizationName
from services.projects.planning.plans.model import Plan, PlanSection, ResponsibleUnit, Target, WorkItem
from services.projects.planning.plans.naming import items_naming
from services.projects.rights import SEES_PLAN

Part = TypeVar("Part", PlanSection, WorkItem)
_WHOLE = (selectinload(WorkItem.units), selectinload(WorkItem.deadlines))


def plan_of_text(session: Session, digest: str) -> Plan | None:
    """The plan that was made of this text, if one was."""
    return session.scalar(select(Plan).where(Plan.digest == digest))


def plans(session: Session, *, search: str | None = None, stretch: Stretch = START) -> Page[Plan]:
    """Plans in the order of their import; with a `search` those that it finds, in its order."""
    query = select(Plan).where(_shown(session, Plan))
    if search:
        return found(session, Plan, Search(search, seen=partial(_seen, session)), stretch)
    return page(session, query, stretch, orders=by_age(Plan.id))


def plans_by_id(session: Session, ids: list[str]) -> Sequence[Plan]:
    """Those of these plans that exist and that the viewer may know of, in no particular order."""
    return session.scalars(select(Plan).where(Plan.id.in_(ids), _shown(session, Plan))).all()


def plan_sections(session: Session, *, plan_id: str, stretch: Stretch = START) -> Page[PlanSection]:
    """The sections of a plan in the order of the document."""
    query = select(PlanSection).where(PlanSection.plan_id == plan_id, _seen(session, PlanSection.plan_id))
    return page(session, query.order_by(PlanSection.id), stretch)


def plan_sections_by_id(session: Session, ids: list[str]) -> Sequence[PlanSection]:
    """Those of these sections that exist and that the viewer may know of, in no particular order."""
    query = select(PlanSection).where(PlanSection.id.in_(ids), _seen(session, PlanSection.plan_id))
    return session.scalars(query).all()


def first_sections(session: Session, *, plan_ids: list[str], stretch: Stretch = START) -> Sequence[PlanSection]:
    """A stretch of the sections of each of these plans, and one more each that tells whether there are others."""
    section = _first_of_each(session, PlanSection, plan_ids, stretch)
    return session.scalars(select(section).order_by(section.id)).all()


def work_items(
    session: Session,
    *,
    plan_id: str | None = None,
    section_id: str | None = None,
    unit: str | None = None,
    organization_id: str | None = None,
    stretch: Stretch = START,
) -> Page[WorkItem]:
    """Items in the order of their documents: of a plan, directly in a section, for which a unit is responsible."""
    query = select(WorkItem).where(_seen(session, WorkItem.plan_id))
    if plan_id:
        query = query.where(WorkItem.plan_id == plan_id)
    if section_id:
        query = query.where(WorkItem.section_id == section_id)
    if unit:
        query = query.where(WorkItem.id.in_(select(ResponsibleUnit.item_id).where(ResponsibleUnit.name == unit)))
    query = query.options(*_WHOLE)
    if organization_id is None:
        return page(session, query.order_by(WorkItem.id), stretch)
    named = items_naming(session, organization_id)
    named_first = query.join(named, named.c.item_id == WorkItem.id).order_by(named.c.item_id)
    return page(session, named_first, stretch)


def work_items_by_id(session: Session, ids: list[str]) -> Sequence[WorkItem]:
    """Those of these items that exist and that the viewer may know of, in no particular order."""
    query = select(WorkItem).where(WorkItem.id.in_(ids), _seen(session, WorkItem.plan_id))
    return session.scalars(query.options(*_WHOLE)).all()


def first_items(session: Session, *, plan_ids: list[str], stretch: Stretch = START) -> Sequence[WorkItem]:
    """A stretch of the items of each of these plans, and one more each that tells whether there are others."""
    item = _first_of_each(session, WorkItem, plan_ids, stretch)
    return session.scalars(
        select(item).options(selectinload(item.units), selectinload(item.deadlines)).order_by(item.id)
    ).all()


def work_item(session: Session, item_id: str) -> WorkItem:
    """The item; refuses with NotFound where there is none or the viewer may not know of it."""
    items = work_items_by_id(session, [item_id])
    if not items:
        raise NotFound("itemId")
    return items[0]


def targets(session: Session, *, item_ids: list[str]) -> Sequence[Target]:
    """The targets of these items, each item's in the order of its text."""
    query = select(Target).join(WorkItem, WorkItem.id == Target.item_id).where(Target.item_id.in_(item_ids))
    visible = query.where(_seen(session, WorkItem.plan_id))
    return session.scalars(visible.order_by(Target.item_id, Target.place)).all()


def bearers_of_units(session: Session, plan_id: str) -> Sequence[Row[str, str, str, str]]:
    """For each name of a responsible unit in a plan the organisations that bear it: (item_id, name, id, region).

    A name of one that was merged means the one that stands in its place.
    """
    called = aliased(Organization)
    query = (
        select(ResponsibleUnit.item_id, ResponsibleUnit.name, Organization.id, Organization.region)
        .join(WorkItem, WorkItem.id == ResponsibleUnit.item_id)
        .join(OrganizationName, OrganizationName.name == ResponsibleUnit.name)
        .join(called, called.id == OrganizationName.organization_id)
        .join(Organization, Organization.id == func.coalesce(called.survivor_id, called.id))
        .where(WorkItem.plan_id == plan_id)
        .order_by(ResponsibleUnit.item_id, ResponsibleUnit.place, Organization.id)
    )
    return list(dict.fromkeys(session.execute(query)))


def _seen(session: Session, plan_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """That the viewer may know of the plan with this id."""
    plan = aliased(Plan)
    shown = _shown(session, plan)
    return shown if shown is true() else exists().where(plan.id == plan_id, shown)


def _shown(session: Session, plan: type[Plan]) -> ColumnElement[bool]:
    """That the viewer may know of a plan."""
    return SEES_PLAN.rows(
        session, public=plan.public, province=province_code(plan.region), common=plan.region.is_(None)
    )


def _first_of_each(session: Session, part: type[Part], plan_ids: list[str], stretch: Stretch) -> type[Part]:
    return first_of_each(session, part, part.plan_id, plan_ids, _shown(session, Plan), stretch=stretch)


def numbers_of(session: Session, part: type[Part], plan_ids: list[str]) -> list[dict[str, Any]]:
    """How many such parts each of these plans has, as a counted page says it."""
    return count_of_each(session, part, part.plan_id, plan_ids, _shown(session, Plan))
