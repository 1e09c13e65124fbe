"""How a phase looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.editions.phases.model import Phase


def phase_view(phase: Phase) -> dict[str, Any]:
    return {
        "id": phase.id,
        "competition_id": phase.edition_id,
        "round_id": phase.round_id,
        "kind": phase.kind,
        "opens_at": phase.opens_at,
        "closes_at": phase.closes_at,
        "state": phase.state,
    }
