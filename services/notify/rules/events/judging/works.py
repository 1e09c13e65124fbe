"""Notices of works: whoever handed one in is told that it has arrived whole, whoever has not is reminded."""

from contracts.events.judging.works import WorksDue, WorkSubmitted
from services.notify.telling.audiences import representatives, representatives_of_all
from services.notify.telling.rule import Rule

RULES = (
    Rule(WorkSubmitted, representatives, version="number"),
    Rule(WorksDue, representatives_of_all, deadline="closes_at"),
)
