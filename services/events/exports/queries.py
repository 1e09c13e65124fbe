"""What tables ask of others: the names of institutions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from contracts.base import Named
from kit.data.db import Session
from services.events.directory.model import Organization


def institutions(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """The names of these institutions by their ids."""
    query = select(Organization).where(Organization.id.in_(set(ids)))
    return {each.id: each.named for each in session.scalars(query)}
