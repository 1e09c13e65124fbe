"""Notices of entries: told to those who enter and those who hold the competition."""

from contracts.events.admission.entries import EntriesClosed, EntrySubmitted, EntryWithdrawn
from services.notify.telling.audiences import organizers, representatives
from services.notify.telling.rule import Rule

RULES = (
    Rule(EntrySubmitted, organizers, representatives),
    Rule(EntryWithdrawn, organizers, representatives),
    Rule(EntriesClosed, organizers, deadline="closes_at"),
)
