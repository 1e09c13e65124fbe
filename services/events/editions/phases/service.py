"""Phases on the wire: the scheduler opens and closes them, organisers move them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kit.authz import require
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.work.timers import on_due
from services.events.competitions.queries import organizes
from services.events.editions.phases import commands, queries, schemas
from services.events.editions.phases.schemas import phase_view


class PhasesService(Service):
    """What falls due is done at its time; one that was moved meanwhile is done at its new time."""

    @command(schemas.MovePhase)
    def move_phase(
        self, session: Session, *, phase_id: str, opens_at: datetime, closes_at: datetime, reason: str
    ) -> dict[str, Any]:
        phase = queries.phase(session, phase_id)
        require(session, organizes(phase.round.edition.series_id))
        moved = commands.move_phase(session, phase=phase, opens_at=opens_at, closes_at=closes_at, reason=reason)
        return phase_view(moved)

    @on_due(commands.OPEN_PHASE)
    def open_phase(self, session: Session, phase_id: str) -> None:
        commands.open_phase(session, phase=queries.phase(session, phase_id))

    @on_due(commands.CLOSE_PHASE)
    def close_phase(self, session: Session, phase_id: str) -> None:
        commands.close_phase(session, phase=queries.phase(session, phase_id))

    @query(schemas.Phases)
    def phases(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return [phase_view(found) for found in queries.phases(session, competition_ids=competition_ids)]

    @query(schemas.ByIds)
    def phases_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [phase_view(found) for found in queries.phases_by_id(session, ids)]
