"""Notices of score sheets: what a judge still has to do, and what is settled or missing."""

from contracts.events.judging.scoring import SheetReturned, SheetsDue, SheetsLate, SheetsLocked
from services.notify.telling.audiences import organizers, supervisors, the_person
from services.notify.telling.reasons import Reason
from services.notify.telling.rule import Rule

_the_judge = the_person(Reason.JUDGING)

RULES = (
    Rule(SheetReturned, _the_judge),
    Rule(SheetsDue, _the_judge, deadline="due_at"),
    Rule(SheetsLate, organizers, supervisors),
    Rule(SheetsLocked, organizers, supervisors),
)
