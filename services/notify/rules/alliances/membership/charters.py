"""Notices of charters: every member is told of new rules."""

from contracts.alliances.membership.charters import CharterAdopted
from services.notify.telling.audiences import members
from services.notify.telling.rule import Rule

RULES = (Rule(CharterAdopted, members),)
