"""Dates: what of events falls due for somebody, as its families declare it."""

from __future__ import annotations

from procedures.agenda.dates import Dates
from services.events.admission.entering.dates import DATES as OF_ENTERING
from services.events.admission.waiting.dates import DATES as OF_WAITING
from services.events.editions.phases.dates import DATES as OF_PHASES
from services.events.judging.judges.dates import DATES as OF_JUDGES
from services.events.judging.motions.dates import DATES as OF_MOTIONS
from services.events.judging.objections.dates import DATES as OF_OBJECTIONS
from services.events.judging.scoring.dates import DATES as OF_SCORING
from services.events.judging.works.dates import DATES as OF_WORKS

DATES: tuple[Dates, ...] = (
    *OF_ENTERING,
    *OF_WAITING,
    *OF_PHASES,
    *OF_WORKS,
    *OF_JUDGES,
    *OF_SCORING,
    *OF_MOTIONS,
    *OF_OBJECTIONS,
)
