"""events: the whole wire of the process, family by family."""

from kit.history import HistoryService
from services.events.awards.service import AwardsService
from services.events.blinding.service import BlindingService
from services.events.calendar.service import CalendarService
from services.events.certificates.service import CertificatesService
from services.events.competitions.service import CompetitionsService
from services.events.directory.service import DirectoryService
from services.events.entries.service import EntriesService
from services.events.exports.service import ExportsService
from services.events.fixtures.service import FixturesService
from services.events.judges.service import JudgesService
from services.events.objections.service import ObjectionsService
from services.events.phases.service import PhasesService
from services.events.quotas.service import QuotasService
from services.events.rejudging.service import RejudgingService
from services.events.results.service import ResultsService
from services.events.scoring.service import ScoringService
from services.events.tables import EventsTable
from services.events.waiting.service import WaitingService
from services.events.works.service import WorksService


class EventsService(
    CompetitionsService,
    QuotasService,
    EntriesService,
    WaitingService,
    PhasesService,
    WorksService,
    JudgesService,
    BlindingService,
    ScoringService,
    ResultsService,
    ObjectionsService,
    RejudgingService,
    AwardsService,
    CertificatesService,
    FixturesService,
    CalendarService,
    ExportsService,
    DirectoryService,
    HistoryService,
):
    """Competitions, from the founding of a series to the certificates of an edition."""

    name = "events"
    tables = EventsTable.metadata
