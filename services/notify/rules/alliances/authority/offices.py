"""Notices of the hub office: its people are told of every change that waits for one of them."""

from contracts.alliances.authority.offices import KIND_WORDS, OfficeChangeProposed
from services.notify.telling.audiences import hub_office
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

RULES = (Rule(OfficeChangeProposed, hub_office, change=words("kind", KIND_WORDS)).naming("proposed_by", "person"),)
