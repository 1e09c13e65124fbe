"""Sections: the parts of a rule set, each read by the family that goes by it."""

from typing import Any

from kit.documents.rulebook import Section
from services.events.admission.entries.rules import EntriesForm
from services.events.admission.quotas.rules import QuotasForm
from services.events.admission.waiting.rules import WaitingForm
from services.events.attachments.rules import AttachmentsForm
from services.events.fixtures.rules import FixturesForm
from services.events.judging.judges.rules import JudgingForm
from services.events.judging.motions.rules import MotionsForm
from services.events.judging.results.rules import ResultsForm
from services.events.judging.scoring.rules import ScoringForm
from services.events.judging.works.rules import WorksForm
from services.events.recognition.awards.rules import AwardsForm

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
    MotionsForm,
    AttachmentsForm,
)
