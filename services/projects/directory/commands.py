"""What the directory does with what it hears: it keeps the newest version."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from kit.data.db import Session
from services.projects.directory.model import Organization


def keep_organization(session: Session, *, told: OrganizationRegistered | OrganizationChanged, version: int) -> None:
    """Copy the newest version of an organisation; an older one changes nothing."""
    row = session.get(Organization, told.organization.id, with_for_update=True)
    if row and version <= row.version:
        return
    row = row or Organization(id=told.organization.id)
    row.version, row.kind, row.region = version, told.kind, told.region
    row.name_zh, row.name_en = told.organization.zh, told.organization.en
    row.call_it([told.organization.zh, told.organization.en, *told.aliases])
    session.add(row)
