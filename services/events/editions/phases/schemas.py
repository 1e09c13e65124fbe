"""The forms of phase input, and how a phase looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.editions.phases import PhaseKind
from contracts.forms import Input, choice, identifier, instant, listing, text, whole
from services.events.editions.phases.model import Phase


class NewPhase(Input):
    round = whole(min=1, max=20)
    kind = choice(PhaseKind)
    opens_at = instant()
    closes_at = instant()


class MovePhase(Input):
    phase_id = identifier()
    opens_at = instant()
    closes_at = instant()
    reason = text(max=500)


class Phases(Input):
    competition_ids = listing(identifier(), min=1, max=100)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


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
