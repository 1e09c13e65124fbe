"""Notices of works: whoever handed one in is told that it has arrived whole."""

from contracts.events.judging.works import WorkSubmitted
from services.notify.telling.audiences import representatives
from services.notify.telling.rule import Rule

RULES = (Rule(WorkSubmitted, representatives, version="number"),)
