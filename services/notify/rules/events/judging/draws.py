"""Notices of draws: each step is told to both parties."""

from contracts.events.judging.draws import CommitmentMade, DrawCancelled, DrawCommitted, PanelDrawn, SecretRevealed
from services.notify.telling.audiences import organizers, supervisors
from services.notify.telling.rule import Rule

RULES = (
    Rule(CommitmentMade, organizers, supervisors),
    Rule(DrawCommitted, organizers, supervisors),
    Rule(SecretRevealed, organizers, supervisors),
    Rule(PanelDrawn, organizers, supervisors),
    Rule(DrawCancelled, organizers, supervisors),
)
