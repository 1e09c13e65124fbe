"""Naming: of which items an organisation is a responsible unit, by the names that plans print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Select, Subquery, false, func, select, union_all
from sqlalchemy.orm import aliased

from contracts.regions import province_of
from kit.data.db import Session
from kit.rights.merged import one_with, standing_for
from kit.rights.right import province_code
from services.projects.directory.model import Organization, OrganizationName
from services.projects.planning.plans.model import Plan, ResponsibleUnit, WorkItem, the_one_meant

Bearers = Mapping[str, str]
"""The regions of those that bear a name, by their ids; of those that were merged, of who stands in their place."""


def items_naming(session: Session, organization_id: str) -> Subquery:
    """The ids of the items that name an organisation (`item_id`), each once, however it is called there.

    One for each name, so that each is read by its index in the order of the items.
    """
    standing = standing_for(session, organization_id) or organization_id
    named = list(_named(standing, _bearers(session, organization_id)))
    nothing = select(ResponsibleUnit.item_id).where(false())
    every = union_all(*(named or [nothing])).subquery()
    return select(every.c.item_id).distinct().subquery()


def _named(organization_id: str, names: Mapping[str, Bearers]) -> Iterator[Select[str]]:
    """The items that print each of these names and mean the organisation by it, as those told of a plan are found."""
    for name, bearers in sorted(names.items()):
        items = select(ResponsibleUnit.item_id).where(ResponsibleUnit.name == name)
        home = bearers.get(organization_id)
        if the_one_meant({**bearers}, None) == organization_id:
            yield items
        elif home and the_one_meant({**bearers}, home) == organization_id:
            items = items.join(WorkItem, WorkItem.id == ResponsibleUnit.item_id).join(Plan, Plan.id == WorkItem.plan_id)
            yield items.where(province_code(Plan.region) == province_of(home))


def _bearers(session: Session, organization_id: str) -> Mapping[str, Bearers]:
    """Who bears each of the names of an organisation, and of those that are one with it."""
    own, called = aliased(OrganizationName), aliased(Organization)
    query = (
        select(own.name, Organization.id, Organization.region)
        .join(OrganizationName, OrganizationName.name == own.name)
        .join(called, called.id == OrganizationName.organization_id)
        .join(Organization, Organization.id == func.coalesce(called.survivor_id, called.id))
        .where(own.organization_id.in_(one_with(session, organization_id)))
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, id_, region in session.execute(query):
        found[name][id_] = region
    return found
