"""Waiting on the wire: those who entered accept or decline, the scheduler lets offers lapse, decisions can be read."""

from __future__ import annotations

from typing import Any

from contracts.events.admission import waiting_forms as forms
from contracts.events.editions.phases import PhaseKind
from kit.calls.acting import Acts, by_now
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require_signed_in
from kit.rights.right import SIGNED_IN
from kit.work.timers import on_due
from procedures.waiting.policies import Filling
from services.events.admission.entries.model import Entry
from services.events.admission.entries.schemas import entry_view
from services.events.admission.entries.service import mine
from services.events.admission.waiting import commands, queries
from services.events.admission.waiting.moving import LAPSE_OFFERS
from services.events.admission.waiting.schemas import decision_view, simulated_view, waiting_view
from services.events.admission.waiting.simulating import Line, simulate
from services.events.editions.phases.commands import phase_closed
from services.events.editions.phases.model import Phase
from services.events.rights import ANSWERS_FOR, STANDS_FOR


class WaitingService(Service):
    """Who may enter for an organisation may also take a place for it."""

    @command(forms.AcceptOffer, right=STANDS_FOR, acts=Acts(Entry, knowing=by_now(Entry.check_offer)))
    def accept_offer(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry, organization = mine(session, entry_id)
        return entry_view(commands.accept_offer(session, entry=entry, organization=organization))

    @command(forms.DeclineOffer, right=STANDS_FOR, acts=Acts(Entry, knowing=by_now(Entry.check_offer)))
    def decline_offer(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry, organization = mine(session, entry_id)
        return entry_view(commands.decline_offer(session, entry=entry, organization=organization))

    @on_due(LAPSE_OFFERS)
    def lapse_offers(self, session: Session, track_id: str) -> None:
        commands.lapse_offers(session, track_id=track_id)

    @hook(phase_closed(PhaseKind.SUBSTITUTION))
    def end_waiting_after_substitution(self, session: Session, phase: Phase) -> None:
        commands.end_waiting_after_substitution(session, phase)

    @query(forms.SimulateWaiting, right=SIGNED_IN)
    def simulate_waiting(
        self, session: Session, *, free: int, line: list[dict[str, Any]], provinces: list[dict[str, Any]] | None = None
    ) -> list[dict[str, Any]]:
        require_signed_in(session)
        filled = {each["province"]: Filling(each["filled"], each["places"]) for each in provinces or []}
        waiting = [Line(each["province"], each["entries"], bool(each.get("together"))) for each in line]
        return rendered(simulate(waiting, free, filled), simulated_view)

    @query(forms.WaitingPlaces, shows=ANSWERS_FOR)
    def waiting_places(self, session: Session, *, entry_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.waiting_places(session, entry_ids=entry_ids), waiting_view)

    @query(forms.WaitingDecisions, right=ANSWERS_FOR)
    def waiting_decisions(self, session: Session, *, entry_id: str, **which: Any) -> dict[str, Any]:
        mine(session, entry_id, ANSWERS_FOR)
        return queries.waiting_decisions(session, entry_id=entry_id, **which).view(decision_view)
