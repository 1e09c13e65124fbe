"""Notices of objections: told to who objected, who decides, and those who run and watch."""

from contracts.authority import Scope
from contracts.events.judging.objections import (
    GROUND_WORDS,
    AboutObjection,
    ArbitratorsSeated,
    ObjectionDecided,
    ObjectionDue,
    ObjectionFiled,
    ObjectionLate,
    ObjectionRemedied,
    ObjectionWithdrawn,
    PanelReplaced,
    RemedyDue,
    RemedyLate,
)
from services.notify.telling.audiences import organizers, supervisors, the_people
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

_DECISIONS = {True: ("异议成立", "upheld"), False: ("异议不成立，予以驳回", "dismissed")}

_ground = words("ground", GROUND_WORDS)
_arbitrators = the_people(Reason.ARBITRATING)


def objector(message: AboutObjection) -> list[Addressed]:
    """The one person who objected, as what they did."""
    return [Addressed(Reason(message.standing), Scope.person(message.person))]


RULES = (
    Rule(ObjectionFiled, objector, organizers, ground=_ground, deadline="decision_due_at"),
    Rule(ObjectionWithdrawn, organizers, ground=_ground),
    Rule(ArbitratorsSeated, _arbitrators, ground=_ground, deadline="decision_due_at"),
    Rule(ObjectionDue, _arbitrators, ground=_ground, deadline="decision_due_at"),
    Rule(ObjectionLate, _arbitrators, organizers, supervisors, ground=_ground, deadline="decision_due_at"),
    Rule(ObjectionDecided, objector, organizers, supervisors, ground=_ground, decision=words("upheld", _DECISIONS)),
    Rule(ObjectionRemedied, objector, organizers, ground=_ground),
    Rule(RemedyDue, _arbitrators, ground=_ground, deadline="remedy_due_at"),
    Rule(RemedyLate, _arbitrators, organizers, supervisors, ground=_ground, deadline="remedy_due_at"),
    Rule(PanelReplaced, _arbitrators, objector, organizers, supervisors, ground=_ground),
)
