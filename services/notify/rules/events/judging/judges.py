"""Notices of judges: told to the judge, and to those who run and watch the judging."""

from contracts.events.judging.judges import (
    CandidateWithdrew,
    ConflictDeclared,
    JudgeDrawn,
    JudgeNominated,
    JudgeReleased,
    JudgeReplaced,
    JudgesAssigned,
    SeatDeclined,
    WorksAssigned,
    WorksHandedOn,
)
from services.notify.telling.audiences import organizers, supervisors, the_person
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

_the_judge = the_person(Reason.JUDGING)


def judge_of_what_moved(message: WorksHandedOn) -> list[Addressed]:
    """The judge, where works of theirs went: of what stays they hear nothing, not even that there is some."""
    return _the_judge(message) if message.moved else []


def supervisors_of_what_stays(message: WorksHandedOn) -> list[Addressed]:
    """The supervisors, where a conflict still touches works: they see to it with the organisers."""
    return supervisors(message) if message.left or message.judged else []


RULES = (
    Rule(JudgeNominated, _the_judge),
    Rule(ConflictDeclared, organizers),
    Rule(CandidateWithdrew, organizers, _the_judge),
    Rule(JudgeDrawn, _the_judge),
    Rule(JudgeReleased, _the_judge),
    Rule(SeatDeclined, organizers),
    Rule(JudgesAssigned, organizers, supervisors),
    Rule(WorksAssigned, _the_judge),
    Rule(JudgeReplaced, organizers, supervisors),
    Rule(WorksHandedOn, judge_of_what_moved, supervisors_of_what_stays),
)
