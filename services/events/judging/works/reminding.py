"""Reminding: before works are no longer taken, whoever has not handed one in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select

from contracts.events.admission.entries import TOLD_AT_ONCE, ParticipantStatus
from contracts.events.editions.phases import PhaseKind, PhaseState
from contracts.events.judging.works import WorksDue
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.reminders.reminding import falls_due, remind_each
from services.events.admission.entries.model import STANDING, Entry, Participant
from services.events.editions.editions.model import Stage
from services.events.editions.phases.model import Phase
from services.events.judging.works.dates import handed_in

REMIND_OF_WORKS = "remind_of_works"


def watch_works(session: Session, phases: Iterable[Phase]) -> None:
    """Have those reminded who hand nothing in before these phases end, as far as works are taken in them."""
    remind_each(session, REMIND_OF_WORKS, {each.id: each.closes_at for each in phases if each.kind == PhaseKind.WORKS})


def remind_of_works(session: Session, *, phase: Phase, lead: timedelta) -> None:
    """Tell the organisations of entries without a work until when they can hand one in."""
    if phase.state not in (PhaseState.UPCOMING, PhaseState.OPEN):
        return
    if falls_due(session, REMIND_OF_WORKS, phase.id, phase.closes_at, lead):
        edition = phase.round.edition
        missing = _without_work(session, phase)
        for first in range(0, len(missing), TOLD_AT_ONCE):
            due = WorksDue(
                phase_id=phase.id,
                competition=edition.named,
                round=phase.round.named,
                edition=edition.number,
                series_id=edition.series_id,
                closes_at=phase.closes_at,
                organization_ids=missing[first : first + TOLD_AT_ONCE],
            )
            record(session, phase, due)


def _without_work(session: Session, phase: Phase) -> list[str]:
    """The organisations with entries that compete in the phase's round and have handed in nothing."""
    query = (
        select(Entry.organization_id)
        .join(Participant, Participant.entry_id == Entry.id)
        .join(Stage, Stage.id == Participant.stage_id)
        .where(Stage.round_id == phase.round_id, Participant.status == ParticipantStatus.COMPETING)
        .where(Entry.status.in_(STANDING), ~handed_in())
    )
    return list(session.scalars(query.distinct().order_by(Entry.organization_id)))
