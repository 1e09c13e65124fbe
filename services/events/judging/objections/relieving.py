"""Relieving: a panel that let its time pass is followed by people who are drawn anew, without waiting for its consent."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.events.judging import objections as say
from contracts.events.judging.objections import ObjectionStatus, PanelNotLate
from contracts.events.judging.results import ProposalPending
from kit.data.db import Session
from services.events.judging.objections.commands import seat_people
from services.events.judging.objections.falling_due import rules_for, watch_decision, watch_remedy
from services.events.judging.objections.model import Objection
from services.events.judging.objections.queries import CameOf
from services.events.judging.objections.seating import draw_anew, drawn
from services.events.judging.objections.telling import tell

S = ObjectionStatus


def replace_panel(session: Session, *, objection: Objection, reason: str, came_of: CameOf | None) -> Objection:
    """Have others decide, or remedy, in the place of those who are late; there is a new deadline for them.

    Of a decision those go who have not voted, and votes stay; of a remedy the whole panel does, whose decision stays.
    Nobody follows who is appointed to judge again in what came of the objection. Refuses with ObjectionStands, PanelNotLate
    or TooFewArbitrators, and with ProposalPending where its remedy waits for a supervisor and no longer for the panel.
    """
    check_can_be_relieved(objection, came_of, session.now)
    gone = [seat for seat in objection.panel if objection.status == S.UPHELD or seat.upholds is None]
    rules = rules_for(session, objection)
    judging = came_of.people if came_of else ()
    objection.draw = draw_anew(session, objection, rules, seats=len(gone), judging=judging)
    for seat in gone:
        seat.relieve(reason, session.now)
    _begin_again(session, objection)
    tell(session, objection, say.PanelReplaced, people=[seat.person for seat in gone], reason=reason)
    seat_people(session, objection, drawn(objection.draw))
    return objection


def check_can_be_relieved(objection: Objection, came_of: CameOf | None, now: datetime) -> None:
    """Go on only where its panel is late with what is the panel's to do; refuses as `replace_panel` does."""
    objection.result.stage.check_not_cancelled()
    objection.check(S.SEATED, S.UPHELD)
    if objection.due_at is None or now < objection.due_at:
        raise PanelNotLate("objectionId")
    if _is_proposed(objection, came_of):
        raise ProposalPending("objectionId")


def _is_proposed(objection: Objection, came_of: CameOf | None) -> bool:
    """Whether the remedy of this very objection waits for its second signature."""
    proposed = objection.result.proposed
    return proposed is not None and came_of is not None and proposed.rejudging_id == came_of.rejudging_id


def _begin_again(session: Session, objection: Objection) -> None:
    rules = rules_for(session, objection)
    if objection.status == S.UPHELD:
        watch_remedy(session, objection, rules)
    else:
        objection.decision_due_at = session.now + timedelta(hours=rules.decision_hours)
        watch_decision(session, objection, rules)
