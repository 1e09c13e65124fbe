"""Phases on the wire: timers open and close them, everybody sees them."""

from __future__ import annotations

from typing import Any

from contracts.events.editions import phases_forms as forms
from contracts.forms import ByIds
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.work.timers import on_due
from services.events.editions.phases import commands, queries
from services.events.editions.phases.schemas import phase_view
from services.events.rights import SEES_EDITION


class PhasesService(Service):
    """What falls due is done at its time; one that was moved meanwhile is done at its new time."""

    @on_due(commands.OPEN_PHASE)
    def open_phase(self, session: Session, phase_id: str) -> None:
        commands.open_phase(session, phase=queries.phase(session, phase_id))

    @on_due(commands.CLOSE_PHASE)
    def close_phase(self, session: Session, phase_id: str) -> None:
        phase = queries.phase(session, phase_id)
        if commands.close_phase(session, phase=phase):
            for follow in self.hooked(commands.phase_closed(phase.kind)):
                follow(session, phase)

    @query(forms.Phases, shows=SEES_EDITION)
    def phases(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.phases(session, competition_ids=competition_ids), phase_view)

    @query(ByIds, shows=SEES_EDITION)
    def phases_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.phases_by_id(session, ids), phase_view)
