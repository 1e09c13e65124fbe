"""What the directory does with what it hears: it keeps the newest version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from kit.data.db import Session
from kit.rights.merged import standing_for
from kit.rights.mergers import hold
from services.projects.directory.model import Organization


def keep_organization(session: Session, *, told: OrganizationRegistered | OrganizationChanged, version: int) -> None:
    """Copy the newest version of an organisation; an older one changes nothing."""
    row = session.get(Organization, told.organization.id, with_for_update=True)
    if row and version <= row.version:
        return
    row = row or _new(session, told.organization.id)
    row.version, row.kind, row.region = version, told.kind, told.region
    row.name_zh, row.name_en = told.organization.zh, told.organization.en
    row.call_it([told.organization.zh, told.organization.en, *told.aliases])
    session.add(row)


def _new(session: Session, organization_id: str) -> Organization:
    """One that was not known; whether it is merged may have been heard before."""
    hold(session)
    return Organization(id=organization_id, survivor_id=standing_for(session, organization_id))


def keep_survivors(session: Session, changed: Mapping[str, str | None]) -> None:
    """Who stands in place of these organisations now; None where one stands itself."""
    for survivor_id in set(changed.values()):
        ids = [id_ for id_, now in changed.items() if now == survivor_id]
        session.execute(update(Organization).where(Organization.id.in_(ids)).values(survivor_id=survivor_id))
