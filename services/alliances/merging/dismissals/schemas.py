"""How a dismissal looks from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.merging.dismissals.model import Dismissal


def dismissal_view(dismissal: Dismissal) -> dict[str, Any]:
    return {
        "id": dismissal.id,
        "earlier_id": dismissal.earlier_id,
        "later_id": dismissal.later_id,
        "reason": dismissal.reason,
        "dismissed_by": dismissal.dismissed_by,
        "dismissed_at": dismissal.dismissed_at,
        "withdrawn_at": dismissal.withdrawn_at,
    }
