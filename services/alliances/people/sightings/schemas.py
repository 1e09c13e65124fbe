"""How a sighting looks to the person whom it concerns."""

from __future__ import annotations

from typing import Any

from services.alliances.people.sightings.model import Sighting


def sighting_view(sighting: Sighting) -> dict[str, Any]:
    return {
        "id": sighting.id,
        "seen_by": sighting.seen_by,
        "what": sighting.what,
        "purpose": sighting.purpose,
        "created_at": sighting.created_at,
    }
