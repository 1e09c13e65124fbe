"""Notices of phases: other times are told to those who have entered."""

from contracts.events.editions.phases import PHASE_NAMES, PhaseMoved
from services.notify.telling.audiences import representatives_of_all
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

RULES = (
    Rule(
        PhaseMoved,
        representatives_of_all,
        phase=words("kind", PHASE_NAMES),
        opens="opens_at",
        closes="closes_at",
    ),
)
