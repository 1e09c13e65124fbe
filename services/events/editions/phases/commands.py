"""What can be done about phases: plan, announce, open, close and move them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import select

from contracts.events.editions import phases as say
from contracts.events.editions.competitions import RoundUnknown
from contracts.events.editions.phases import PhaseKind, PhaseState
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.admission.entries.queries import entered_organizations
from services.events.admission.quotas.returning import return_quotas
from services.events.admission.waiting.commands import end_waiting_after_substitution
from services.events.competitions.model import Edition, check_each_once, check_window
from services.events.editions.phases.model import Phase
from services.events.judging.scoring.commands import lock_at_end, plan_reminders
from services.events.judging.works.commands import fix_works

OPEN_PHASE, CLOSE_PHASE = "open_phase", "close_phase"

ON_CLOSE: Mapping[str, Callable[[Session, Phase], None]] = {
    PhaseKind.RETURN: return_quotas,
    PhaseKind.SUBSTITUTION: end_waiting_after_substitution,
    PhaseKind.WORKS: fix_works,
    PhaseKind.JUDGING: lock_at_end,
}
"""What the end of a phase brings about, beside the message that it has ended."""

ON_SCHEDULE: Mapping[str, Callable[[Session, Phase], None]] = {
    PhaseKind.JUDGING: plan_reminders,
}
"""What else is to be scheduled when a phase has been given its times, or other ones."""


class PhasePlan(TypedDict):
    """A phase as it is to be, in the round of this number."""

    round: int
    kind: str
    opens_at: datetime
    closes_at: datetime


def plan_phases(session: Session, edition: Edition, plans: list[PhasePlan]) -> None:
    """Enter the phases of an edition; refuses with RoundUnknown, WindowInvalid, WindowPassed or GivenTwice."""
    rounds = {each.number: each for each in edition.rounds}
    check_each_once((f"{plan['round']} {plan['kind']}" for plan in plans), "phases")
    for place, plan in enumerate(plans):
        if plan["round"] not in rounds:
            raise RoundUnknown(f"phases.{place}.round", round=plan["round"])
        check_window(plan["opens_at"], plan["closes_at"], session.now, f"phases.{place}.closesAt")
        session.add(
            Phase(
                id=new_id(),
                created_at=session.now,
                edition_id=edition.id,
                round_id=rounds[plan["round"]].id,
                kind=plan["kind"],
                opens_at=plan["opens_at"],
                closes_at=plan["closes_at"],
                changed_at=session.now,
            )
        )


def announce_phases(session: Session, edition: Edition) -> None:
    """Have every phase of an edition that is public now opened and closed at its times."""
    for phase in session.scalars(select(Phase).where(Phase.edition_id == edition.id)):
        _schedule(session, phase)


def open_phase(session: Session, *, phase: Phase) -> None:
    """Let a phase begin; changes nothing where it has begun or was moved."""
    if phase.state != PhaseState.UPCOMING or session.now < phase.opens_at:
        return
    phase.state = PhaseState.OPEN
    record(session, phase, say.PhaseOpened(**about(phase)))


def close_phase(session: Session, *, phase: Phase) -> None:
    """Let a phase end, with what its end brings about; changes nothing where it has ended or was moved."""
    if phase.state == PhaseState.CLOSED or session.now < phase.closes_at:
        return
    phase.state = PhaseState.CLOSED
    record(session, phase, say.PhaseClosed(**about(phase)))
    session.flush()
    follows = ON_CLOSE.get(phase.kind)
    if follows:
        follows(session, phase)


def move_phase(session: Session, *, phase: Phase, opens_at: datetime, closes_at: datetime, reason: str) -> Phase:
    """Give a phase other times, and tell those who have entered why; refuses with PhaseOver or a wrong window."""
    phase.round.edition.check_published()
    phase.move(opens_at, closes_at, session.now)
    told = entered_organizations(session, phase.edition_id)
    record(session, phase, say.PhaseMoved(**about(phase), reason=reason, organization_ids=told[:1000]))
    for first in range(1000, len(told), 1000):
        some = told[first : first + 1000]
        record(session, phase, say.PhaseMoved(**about(phase), reason=reason, organization_ids=some))
    _schedule(session, phase)
    return phase


def about(phase: Phase) -> dict[str, Any]:
    """What every message about a phase says."""
    edition = phase.round.edition
    return {
        "phase_id": phase.id,
        "kind": phase.kind,
        "competition": edition.named,
        "round": phase.round.named,
        "edition": edition.number,
        "series_id": edition.series_id,
        "opens_at": phase.opens_at,
        "closes_at": phase.closes_at,
    }


def _schedule(session: Session, phase: Phase) -> None:
    if phase.state == PhaseState.UPCOMING:
        timers.at(session, phase.opens_at, OPEN_PHASE, phase.id)
    timers.at(session, phase.closes_at, CLOSE_PHASE, phase.id)
    plans = ON_SCHEDULE.get(phase.kind)
    if plans:
        plans(session, phase)
