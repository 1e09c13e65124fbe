"""How ended sessions look from outside."""

from __future__ import annotations

from typing import Any

from contracts.alliances.authority.sessions import session_key
from services.alliances.authority.sessions.model import EndedSessions


def ended_view(ended: EndedSessions) -> dict[str, Any]:
    """To whoever ended them."""
    return {"person": ended.person, "ended_at": ended.ended_at}


def listed_view(ended: EndedSessions) -> dict[str, Any]:
    """In the list of all: nobody is named."""
    return {"key": session_key(ended.person), "ended_at": ended.ended_at}
