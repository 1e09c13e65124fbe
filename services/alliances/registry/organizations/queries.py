"""What can be asked of organisations; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, selectinload, undefer

from contracts.alliances.registry.organizations import OrganizationKind, OrganizationStatus
from contracts.browsing import START, Stretch
from contracts.names import name_key
from contracts.refusals import NotFound, OrganizationMerged
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.data.paging import Page, by_age, or_by_name, page
from procedures.search.finding import LAST, Search, found
from services.alliances.registry.organizations.model import Organization, OrganizationName, PlannedMove
from services.alliances.registry.regions import lies_in

_TO_CHANGE = (undefer(Organization.called), selectinload(Organization.names), selectinload(Organization.official))


def organization(session: Session, organization_id: str) -> Organization:
    """The organisation; refuses with NotFound, and with OrganizationMerged where another stands in its place."""
    organization = session.find(Organization, organization_id, undefer(Organization.called))
    if organization is None:
        raise NotFound("organizationId")
    organization.check_stands("organizationId")
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


def is_borne(
    session: Session, organization: Organization, name_zh: str, place: tuple[str, str | None] | None = None
) -> bool:
    """Whether another active organisation in the same place, or in this region or country, has the name."""
    region, country = place or (organization.region, organization.country)
    query = select(Organization.id).where(
        Organization.name_key == name_key(name_zh),
        Organization.region == region,
        Organization.country.is_not_distinct_from(country),
        Organization.status == OrganizationStatus.ACTIVE,
        Organization.id != organization.id,
    )
    return session.scalar(query.limit(1)) is not None


def planned_moves(session: Session, organization_ids: Collection[str]) -> Sequence[PlannedMove]:
    """Where these organisations will move, of those that will."""
    query = select(PlannedMove).where(PlannedMove.organization_id.in_(organization_ids))
    return session.scalars(query.order_by(PlannedMove.organization_id)).all()


def organizations_with_names(session: Session, ids: Collection[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, with their official names, in no particular order."""
    query = select(Organization).where(Organization.id.in_(ids))
    return session.scalars(query.options(selectinload(Organization.official))).all()


def check_stands(session: Session, organization: Organization) -> None:
    """Refuses with OrganizationMerged one that was merged by now; until this transaction ends it will not be."""
    for survivor_id in _merged(session, [organization]):
        raise OrganizationMerged("organizationId", organization=survivor_id)


def check_all_stand(session: Session, organizations: Sequence[Organization]) -> None:
    """As `check_stands` for many; raises Contended where one was merged by now, so that they are looked at anew."""
    if _merged(session, organizations):
        raise Contended


def _merged(session: Session, organizations: Sequence[Organization]) -> Sequence[str]:
    """The survivors of those that were merged by now; all of them are locked against being merged."""
    ids = sorted(each.id for each in organizations if each not in session.new)
    now = select(Organization.survivor_id).where(Organization.id.in_(ids)).order_by(Organization.id)
    return [each for each in session.scalars(now.with_for_update(read=True)) if each]


def organizations(
    session: Session,
    *,
    kind: OrganizationKind | None = None,
    region: str | None = None,
    name: str | None = None,
    superior_id: str | None = None,
    search: str | None = None,
    stretch: Stretch = START,
) -> Page[Organization]:
    """Organisations of a kind, in a region and all below it, with a name that begins so, by when they were entered.

    With a `search` those whose names it finds, in its order.
    """
    chosen = list(_chosen(kind, region, name, superior_id))
    if search:
        looked_for = Search(search, chosen=chosen, parts=Organization.with_names())
        return found(session, Organization, looked_for, stretch)
    query = select(Organization).options(*Organization.with_names()).where(*chosen)
    return page(
        session, query, stretch, orders=or_by_name(by_age(Organization.id), Organization.sort_key, Organization.id)
    )


def _chosen(
    kind: OrganizationKind | None, region: str | None, name: str | None, superior_id: str | None
) -> Iterator[ColumnElement[bool]]:
    yield Organization.survivor_id.is_(None)
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
    """Those of these organisations that exist, in no particular order; where one was merged, the one that stands now."""
    return [organization for organization, _ in meant_by(session, ids)]


def meant_by(session: Session, ids: list[str]) -> Sequence[tuple[Organization, list[str]]]:
    """As `organizations_by_id`; each comes with those of the ids that mean it beside its own."""
    asked = aliased(Organization)
    stands = Organization.id == func.coalesce(asked.survivor_id, asked.id)
    query = select(asked.id, Organization).join(Organization, stands).where(asked.id.in_(ids))
    found: dict[Organization, list[str]] = {}
    for id_, organization in session.execute(query.options(undefer(Organization.called))):
        found.setdefault(organization, []).extend([id_] if id_ != organization.id else [])
    return list(found.items())
