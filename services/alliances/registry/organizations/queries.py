"""What can be asked of organisations; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from contracts.alliances.registry.organizations import OrganizationKind, OrganizationStatus
from contracts.names import name_key
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.registry.organizations.model import Organization, OrganizationName
from services.alliances.registry.regions import lies_in

LAST = "\U0010ffff"
"""Sorts behind every character: all that begins with a text lies between it and it with this behind."""


def organization(session: Session, organization_id: str) -> Organization:
    """The organisation; refuses with NotFound."""
    found = session.find(Organization, organization_id, undefer(Organization.called))
    if found is None:
        raise NotFound("organizationId")
    return found


def organization_to_change(session: Session, organization_id: str) -> Organization:
    """The organisation with all of its names, old and to come; refuses with NotFound."""
    parts = (undefer(Organization.called), selectinload(Organization.names), selectinload(Organization.official))
    found = session.find(Organization, organization_id, *parts)
    if found is None:
        raise NotFound("organizationId")
    return found


def is_borne(session: Session, organization: Organization, name_zh: str) -> bool:
    """Whether another active organisation in the same place has the name."""
    query = select(Organization.id).where(
        Organization.name_key == name_key(name_zh),
        Organization.region == organization.region,
        Organization.country.is_not_distinct_from(organization.country),
        Organization.status == OrganizationStatus.ACTIVE,
        Organization.id != organization.id,
    )
    return session.scalar(query.limit(1)) is not None


def organizations_with_names(session: Session, ids: Collection[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, with their official names, in no particular order."""
    query = select(Organization).where(Organization.id.in_(ids))
    return session.scalars(query.options(selectinload(Organization.official))).all()


def organizations(
    session: Session,
    *,
    kind: OrganizationKind | None = None,
    region: str | None = None,
    name: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Organization]:
    """Organisations in the order of their entry: of a kind, in a region and all below it, with a name that begins so."""
    query = select(Organization).options(undefer(Organization.called)).order_by(Organization.id)
    if kind:
        query = query.where(Organization.kind == kind)
    if region:
        query = query.where(lies_in(Organization.region, region))
    if name:
        named = select(OrganizationName.organization_id).where(OrganizationName.name.between(name, name + LAST))
        query = query.where(Organization.id.in_(named))
    return page(session, query, first=first, after=after)


def organizations_by_id(session: Session, ids: list[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, in no particular order."""
    query = select(Organization).options(undefer(Organization.called)).where(Organization.id.in_(ids))
    return session.scalars(query).all()
