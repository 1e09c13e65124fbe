"""Sections: the parts of a rule set, each read by the family that goes by it."""

from typing import Any

from services.events.awards.rules import AwardsForm
from services.events.competitions.rules import Section
from services.events.entries.rules import EntriesForm
from services.events.fixtures.rules import FixturesForm
from services.events.judges.rules import JudgingForm
from services.events.quotas.rules import QuotasForm
from services.events.results.rules import ResultsForm
from services.events.scoring.rules import ScoringForm
from services.events.waiting.rules import WaitingForm
from services.events.works.rules import WorksForm

SECTIONS: tuple[type[Section[Any]], ...] = (
    QuotasForm,
    EntriesForm,
    WaitingForm,
    WorksForm,
    JudgingForm,
    ScoringForm,
    ResultsForm,
    FixturesForm,
    AwardsForm,
)
