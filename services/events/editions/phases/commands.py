"""What can be done about phases: plan, schedule, open and close them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import select

from contracts.events.editions import phases as say
from contracts.events.editions.competitions import RoundUnknown
from contracts.events.editions.phases import PhaseState
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.editions.editions.model import Edition, check_each_once, check_window
from services.events.editions.phases.model import OVER, Phase

OPEN_PHASE, CLOSE_PHASE = "open_phase", "close_phase"


def phase_closed(kind: str) -> str:
    """The hook of what the end of a phase of this kind brings about, beside the message that it has ended."""
    return f"phase_closed.{kind}"


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


def schedule_phases(session: Session, edition: Edition) -> Sequence[Phase]:
    """Have every phase of an edition that is public now opened and closed at its times; returns them."""
    phases = session.scalars(select(Phase).where(Phase.edition_id == edition.id)).all()
    schedule(session, phases)
    return phases


def schedule(session: Session, phases: Sequence[Phase]) -> None:
    """Have these phases opened and closed at the times that they have now."""
    upcoming = {phase.id: phase.opens_at for phase in phases if phase.state == PhaseState.UPCOMING}
    for whens, timer in ((upcoming, OPEN_PHASE), ({phase.id: phase.closes_at for phase in phases}, CLOSE_PHASE)):
        timers.at_each(session, whens, timer)


def open_phase(session: Session, *, phase: Phase) -> None:
    """Let a phase begin; changes nothing where it has begun or was moved."""
    if phase.state != PhaseState.UPCOMING or session.now < phase.opens_at:
        return
    phase.state = PhaseState.OPEN
    record(session, phase, say.PhaseOpened(**about(phase)))


def close_phase(session: Session, *, phase: Phase) -> bool:
    """Let a phase end; changes nothing where it has ended, was moved or is cancelled. Returns whether it ends now."""
    if phase.state in OVER or session.now < phase.closes_at:
        return False
    phase.state = PhaseState.CLOSED
    record(session, phase, say.PhaseClosed(**about(phase)))
    session.flush()
    return True


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
