"""Notices of blind codes: both roles are told that one asks for them, and that they are open."""

from contracts.events.judging.blinding import OPENING_ROLE_NAMES, CodesOpened, OpeningRequested
from services.notify.telling.audiences import organizers, supervisors
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

RULES = (
    Rule(OpeningRequested, organizers, supervisors, by=words("role", OPENING_ROLE_NAMES)),
    Rule(CodesOpened, organizers, supervisors),
)
