"""Notices of works: whoever handed one in is told that it has arrived whole."""

from contracts.events.judging.works import WorkSubmitted
from services.notify.rules.audiences import representatives
from services.notify.rules.rule import Rule

RULES = (Rule(WorkSubmitted, representatives, version="number"),)
