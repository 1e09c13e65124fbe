"""What the other families ask of the directory."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from kit.data.db import Session
from services.projects.directory.model import Organization


def organizations_by_id(session: Session, ids: Sequence[str]) -> dict[str, Organization]:
    """Those of these organisations that have been heard of, by id."""
    found = session.scalars(select(Organization).where(Organization.id.in_(ids)))
    return {organization.id: organization for organization in found}
