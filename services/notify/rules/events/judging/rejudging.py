"""Notices of re-judging: whoever is appointed to it is told."""

from contracts.events.judging.rejudging import RejudgingOpened
from services.notify.telling.audiences import the_people
from services.notify.telling.reasons import Reason
from services.notify.telling.rule import Rule

RULES = (Rule(RejudgingOpened, the_people(Reason.JUDGING)),)
