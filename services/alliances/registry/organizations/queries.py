"""What can be asked of organisations; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload, undefer

from contracts.alliances.registry.organizations import OrganizationKind, OrganizationStatus
from contracts.names import name_key
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from procedures.search.finding import LAST, Search, found
from services.alliances.registry.organizations.model import Organization, OrganizationName
from services.alliances.registry.regions import lies_in

_TO_CHANGE = (undefer(Organization.called), selectinload(Organization.names), selectinload(Organization.official))


def organization(session: Session, organization_id: str) -> Organization:
    """The organisation; refuses with NotFound."""
    organization = session.find(Organization, organization_id, undefer(Organization.called))
    if organization is None:
        raise NotFound("organizationId")
    return organization


def organization_to_change(session: Session, organization_id: str) -> Organization:
    """The organisation with all of its names, old and to come; refuses with NotFound."""
    organization = session.find(Organization, organization_id, *_TO_CHANGE)
    if organization is None:
        raise NotFound("organizationId")
    return organization


def organizations_to_change(session: Session, ids: Collection[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, with all of their names, in no particular order."""
    return session.scalars(select(Organization).where(Organization.id.in_(ids)).options(*_TO_CHANGE)).all()


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
    superior_id: str | None = None,
    search: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Organization]:
    """Organisations of a kind, in a region and all below it, with a name that begins so, in the order of their entry.

    With a `search` those whose names it finds, in its order.
    """
    chosen = list(_chosen(kind, region, name, superior_id))
    if search:
        looked_for = Search(search, chosen=chosen, parts=Organization.with_names())
        return found(session, Organization, looked_for, first=first, after=after)
    query = select(Organization).options(*Organization.with_names()).where(*chosen).order_by(Organization.id)
    return page(session, query, first=first, after=after)


def _chosen(
    kind: OrganizationKind | None, region: str | None, name: str | None, superior_id: str | None
) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield Organization.kind == kind
    if region:
        yield lies_in(Organization.region, region)
    if name:
        named = select(OrganizationName.organization_id).where(OrganizationName.name.between(name, name + LAST))
        yield Organization.id.in_(named)
    if superior_id:
        yield Organization.superior_id == superior_id


def organizations_by_id(session: Session, ids: list[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, in no particular order."""
    query = select(Organization).options(undefer(Organization.called)).where(Organization.id.in_(ids))
    return session.scalars(query).all()
