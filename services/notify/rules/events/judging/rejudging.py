"""Notices of re-judging: whoever is appointed to it is told."""

from contracts.events.judging.rejudging import RejudgingOpened
from services.notify.rules.audiences import the_people
from services.notify.rules.reasons import Reason
from services.notify.rules.rule import Rule

RULES = (Rule(RejudgingOpened, the_people(Reason.JUDGING)),)
