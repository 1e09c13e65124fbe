"""What an import asks of the registry: the organisations that any row of a sheet may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, undefer

from contracts.names import name_key
from kit.data.db import Session
from kit.data.many import among
from services.alliances.registry.importing.matching import Known, known, spellings
from services.alliances.registry.organizations.model import Organization, OrganizationName


def meant(session: Session, rows: Iterable[Mapping[str, Any]]) -> Known:
    """Those with one of the codes or names of these rows, in two statements however many rows there are."""
    rows = list(rows)
    codes = {row["credit_code"] for row in rows if row["credit_code"]}
    names = {spelling for row in rows if row["name"] for spelling in spellings(row["name"])}
    named = select(OrganizationName.organization_id).where(among(session, OrganizationName.name, names))
    keys = {name_key(row["name"]) for row in rows if row["name"]}
    found = or_(
        among(session, Organization.credit_code, codes),
        among(session, Organization.name_key, keys),
        Organization.id.in_(named),
    )
    whole = undefer(Organization.called), joinedload(Organization.survivor).undefer(Organization.called)
    return known(session.scalars(select(Organization).options(*whole).where(found)))
