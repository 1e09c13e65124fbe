"""How a charter looks from outside."""

from __future__ import annotations

from typing import Any

from kit.documents.digest import digest
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import InForce


def charter_view(charter: Charter) -> dict[str, Any]:
    return {
        "id": charter.id,
        "alliance_id": charter.alliance_id,
        "number": charter.number,
        "since": charter.since,
        "document": charter.document,
        "digest": charter.digest,
        "reason": charter.reason,
        "created_at": charter.created_at,
    }


def in_force_view(found: InForce) -> dict[str, Any]:
    """The rules of a day: the number of the version is 0 and there is no version where they are the defaults."""
    charter = found.charter
    return {
        "charter_id": charter.id if charter else None,
        "number": charter.number if charter else 0,
        "document": found.document,
        "digest": charter.digest if charter else digest(found.document),
    }
