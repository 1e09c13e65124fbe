"""How a place in a waiting list and a decision look from outside."""

from __future__ import annotations

from typing import Any

from services.events.admission.waiting.model import WaitingDecision
from services.events.admission.waiting.queries import WaitingPlace
from services.events.admission.waiting.simulating import Simulated


def waiting_view(place: WaitingPlace) -> dict[str, Any]:
    """One with an offer is at no position any more."""
    offered = place.entry.offered_until is not None
    return {
        "entry_id": place.entry.id,
        "position": None if offered else place.ahead + 1,
        "ahead": place.ahead,
        "why": place.why,
        "policy": place.rules.policy,
        "estimated_chance": place.chance,
        "offered_until": place.entry.offered_until,
    }


def decision_view(decision: WaitingDecision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "entry_id": decision.entry_id,
        "decided_at": decision.decided_at,
        "policy": decision.policy,
        "version": decision.version,
        "reason": decision.reason,
        "free": decision.free,
        "offered": decision.offered,
        "passed_for_id": decision.passed_for,
    }


def simulated_view(simulated: Simulated) -> dict[str, Any]:
    """Lines are counted from 1."""
    return {
        "policy": simulated.policy,
        "version": simulated.version,
        "left": simulated.left,
        "outcomes": [{"line": each.line + 1, "offered": each.offered, "why": each.why} for each in simulated.outcomes],
    }
