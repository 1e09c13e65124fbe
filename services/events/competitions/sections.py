"""Sections: the parts of a rule set, each read by the family that goes by it."""

from typing import Any

from services.events.competitions.rules import Section
from services.events.fixtures.rules import FixturesForm
from services.events.quotas.rules import QuotasForm
from services.events.results.rules import ResultsForm
from services.events.scoring.rules import ScoringForm
from services.events.works.rules import WorksForm

SECTIONS: tuple[type[Section[Any]], ...] = (QuotasForm, WorksForm, ScoringForm, ResultsForm, FixturesForm)
