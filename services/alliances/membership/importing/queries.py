"""What an import asks about memberships: where those of many organisations stand."""

from __future__ import annotations

from collections.abc import Sequence

from kit.data.db import Session
from services.alliances.membership.memberships.queries import standing


def statuses(session: Session, alliance_id: str, organization_ids: Sequence[str]) -> dict[str, str]:
    """Where each of these organisations stands, of those of which anything ever began."""
    return {id_: each.status for id_, each in standing(session, alliance_id, organization_ids).items()}
