"""What the other families ask of the directory."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from contracts.authority import Role
from kit.authz import Grant
from kit.data.db import Session
from services.projects.directory.model import Organization


def organizations_by_id(session: Session, ids: Sequence[str]) -> dict[str, Organization]:
    """Those of these organisations that have been heard of, by id."""
    found = session.scalars(select(Organization).where(Organization.id.in_(ids)))
    return {organization.id: organization for organization in found}


def works_in_office(session: Session) -> bool:
    """Whether the viewer works in the hub office or in the office of any province."""
    if not session.viewer.signed_in:
        return False
    office = Grant.role.in_([Role.HUB_OFFICE, Role.PROVINCE_OFFICE])
    held = exists().where(Grant.person == session.viewer.id, Grant.revoked_at.is_(None), office)
    return bool(session.scalar(select(held)))
