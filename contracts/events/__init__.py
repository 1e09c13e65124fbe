"""What events says and refuses, room by room; importing this package defines every message."""

from contracts.events.admission import eligibility, entries, quotas, rosters, waiting
from contracts.events.editions import competitions, phases
from contracts.events.exports import exports
from contracts.events.fixtures import fixtures, timetables
from contracts.events.judging import blinding, draws, judges, objections, rejudging, results, scoring, works
from contracts.events.recognition import awards

__all__ = [
    "awards",
    "blinding",
    "competitions",
    "draws",
    "eligibility",
    "entries",
    "exports",
    "fixtures",
    "judges",
    "objections",
    "phases",
    "quotas",
    "rejudging",
    "results",
    "rosters",
    "scoring",
    "timetables",
    "waiting",
    "works",
]
