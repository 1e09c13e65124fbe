"""How a change of the hub office looks from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.authority.offices.model import OfficeChange


def office_change_view(change: OfficeChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "person": change.person,
        "kind": change.kind,
        "digest": change.digest,
        "proposed_by": change.proposed_by,
        "proposed_at": change.proposed_at,
        "signed_by": change.signed_by,
        "signed_at": change.signed_at,
        "withdrawn_at": change.withdrawn_at,
    }
