"""How an objection looks to who filed it, to the organisers and to the panel."""

from __future__ import annotations

from typing import Any

from contracts.events.judging.objections import ObjectionStatus
from services.events.judging.objections.model import Arbitrator, ArbitratorSeat, Objection


def objection_view(
    objection: Objection, *, viewer: str, organizes: bool, rejudging_id: str | None = None
) -> dict[str, Any]:
    """What is written in an objection is for all who see it; the panel and its draw are not for who filed it."""
    hears = organizes or any(seat.person == viewer for seat in objection.panel)
    decided = objection.decided_at is not None
    upheld = objection.status not in {ObjectionStatus.DISMISSED, ObjectionStatus.WITHDRAWN}
    reasons = [seat.reason for seat in objection.seats if decided and seat.upholds is upheld]
    return {
        "id": objection.id,
        "result_id": objection.result_id,
        "version": objection.number,
        "entry_id": objection.entry_id,
        "organization_id": objection.organization_id,
        "province": objection.province,
        "ground": objection.ground,
        "standing": objection.standing,
        "statement": objection.statement,
        "person": objection.person,
        "status": objection.status,
        "created_at": objection.created_at,
        "decision_due_at": objection.decision_due_at,
        "decided_at": objection.decided_at,
        "remedy_due_at": objection.remedy_due_at,
        "closed_at": objection.closed_at,
        "closing_reason": objection.closing_reason,
        "reasons": reasons,
        "seats": [_seat_view(seat, told=decided or seat.person == viewer) for seat in objection.seats if hears],
        "draw": objection.draw if hears else None,
        "rejudging_id": rejudging_id if hears else None,
    }


def arbitrator_view(arbitrator: Arbitrator) -> dict[str, Any]:
    return {
        "id": arbitrator.id,
        "person": arbitrator.person,
        "organization_id": arbitrator.organization_id,
        "province": arbitrator.province,
    }


def _seat_view(seat: ArbitratorSeat, *, told: bool) -> dict[str, Any]:
    """A seat; how it has voted is told when all is decided, so that nobody votes after somebody else."""
    return {
        "id": seat.id,
        "arbitrator_id": seat.arbitrator_id,
        "person": seat.person,
        "voted_at": seat.voted_at,
        "left_at": seat.left_at,
        "upholds": seat.upholds if told else None,
        "reason": seat.reason if told else None,
    }
