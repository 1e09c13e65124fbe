"""What an import asks about memberships: where those of many organisations stand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kit.data.db import Session
from services.alliances.membership.memberships.model import Membership


def statuses(session: Session, alliance_id: str, organization_ids: Sequence[str]) -> dict[str, str]:
    """The status of each membership that ever began, by organisation."""
    of = Membership.organization_id
    query = select(of, Membership.status).where(Membership.alliance_id == alliance_id, of.in_(organization_ids))
    return dict(session.execute(query).all())


def standing(session: Session, alliance_id: str, organization_ids: Sequence[str]) -> dict[str, Membership]:
    """The memberships that ever began, by organisation, to be moved on."""
    query = select(Membership).where(
        Membership.alliance_id == alliance_id, Membership.organization_id.in_(organization_ids)
    )
    query = query.options(joinedload(Membership.alliance), joinedload(Membership.organization))
    return {each.organization_id: each for each in session.scalars(query)}
