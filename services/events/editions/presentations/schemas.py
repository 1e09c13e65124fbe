"""How a presentation looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.editions.presentations.model import Presentation


def presentation_view(presentation: Presentation) -> dict[str, Any]:
    return {
        "competition_id": presentation.edition_id,
        "version": presentation.number,
        **presentation.parts(),
        "reason": presentation.reason,
        "created_at": presentation.created_at,
    }
