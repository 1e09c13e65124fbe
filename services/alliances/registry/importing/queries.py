"""What an import asks of the registry: the organisations that any row of a sheet may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload, undefer

from contracts.alliances.registry.organizations import OrganizationStatus
from contracts.names import name_key
from kit.data.db import Session
from kit.data.many import among
from services.alliances.registry.importing.matching import Known, known, spellings
from services.alliances.registry.organizations.model import Organization, OrganizationName


def meant(session: Session, rows: Iterable[Mapping[str, Any]]) -> Known:
    """Those active ones with one of the codes or names of these rows, in one statement however many rows there are.

    What was merged comes along: its code and names mean the one that stands in its place.
    """
    rows = list(rows)
    codes = {row["credit_code"] for row in rows if row["credit_code"]}
    names = {spelling for row in rows if row["name"] for spelling in spellings(row["name"])}
    keys = {name_key(row["name"]) for row in rows if row["name"]}
    found = union(
        select(OrganizationName.organization_id).where(among(session, OrganizationName.name, names)),
        select(Organization.id).where(among(session, Organization.name_key, keys)),
        select(Organization.id).where(among(session, Organization.credit_code, codes)),
    )
    survivor = joinedload(Organization.survivor).undefer(Organization.called)
    whole = select(Organization).options(undefer(Organization.called), survivor)
    active = Organization.status.in_((OrganizationStatus.ACTIVE, OrganizationStatus.MERGED))
    return known(session.scalars(whole.where(Organization.id.in_(found), active).order_by(Organization.id)))
