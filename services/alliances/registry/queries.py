"""What can be asked of the registry; every list is a page by an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import undefer

from contracts.alliances.registry import AllianceKind, OrganizationKind
from contracts.refusals import NotFound
from contracts.regions import code_prefix, province_of
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.rights.right import beginning, province_code
from services.alliances.registry.model import Alliance, Organization, OrganizationName

LAST = "\U0010ffff"
"""Sorts behind every character: all that begins with a text lies between it and it with this behind."""


def organization(session: Session, organization_id: str) -> Organization:
    """The organisation; refuses with NotFound."""
    found = session.find(Organization, organization_id, undefer(Organization.called))
    if found is None:
        raise NotFound("organizationId")
    return found


def alliance(session: Session, alliance_id: str) -> Alliance:
    """The alliance; refuses with NotFound."""
    found = session.get(Alliance, alliance_id)
    if found is None:
        raise NotFound("allianceId")
    return found


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
        query = query.where(_lies_in(Organization.region, region))
    if name:
        named = select(OrganizationName.organization_id).where(OrganizationName.name.between(name, name + LAST))
        query = query.where(Organization.id.in_(named))
    return page(session, query, first=first, after=after)


def organizations_by_id(session: Session, ids: list[str]) -> Sequence[Organization]:
    """Those of these organisations that exist, in no particular order."""
    query = select(Organization).options(undefer(Organization.called)).where(Organization.id.in_(ids))
    return session.scalars(query).all()


def alliances(
    session: Session,
    *,
    kind: AllianceKind | None = None,
    region: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Alliance]:
    """Alliances in the order of their entry: of a kind, led in a region."""
    query = select(Alliance).order_by(Alliance.id)
    if kind:
        query = query.where(Alliance.kind == kind)
    if region:
        query = query.where(_lies_in(Alliance.region, region))
    return page(session, query, first=first, after=after)


def alliances_by_id(session: Session, ids: list[str]) -> Sequence[Alliance]:
    """Those of these alliances that exist, in no particular order."""
    return session.scalars(select(Alliance).where(Alliance.id.in_(ids))).all()


def _lies_in(region: SQLColumnExpression[Any], code: str) -> ColumnElement[bool]:
    """That a region is the one of this code or lies in it: by one value, behind which an index has the rows by id."""
    if code == province_of(code):
        return province_code(region) == code
    prefix = code_prefix(code)
    return region == code if prefix == code else beginning(region, 4) == prefix
