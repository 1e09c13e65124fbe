"""Notices of motions: what waits for a second person, and what became of it."""

from contracts.events.judging.motions import ACT_NAMES, MotionLapsed, MotionProposed, MotionWithdrawn
from services.notify.telling.audiences import organizers, supervisors
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

RULES = (
    Rule(MotionProposed, organizers, supervisors, act=words("act", ACT_NAMES)),
    Rule(MotionWithdrawn, organizers, supervisors, act=words("act", ACT_NAMES)),
    Rule(MotionLapsed, organizers, supervisors, act=words("act", ACT_NAMES)),
)
