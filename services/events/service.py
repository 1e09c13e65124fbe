"""events: the whole wire of the process, family by family."""

from kit.calls.grants import GrantsService
from kit.calls.history import HistoryService
from kit.calls.jobs import JobsService
from kit.calls.mergers import MergersService
from kit.calls.parked import ParkedService
from procedures.agenda.service import AgendaService
from procedures.person_exports.service import PersonExportsService
from procedures.search.service import SearchService
from procedures.sightings.service import KeptSightingsService
from services.events.admission.allocation.service import AllocationService
from services.events.admission.entering.service import EnteringService
from services.events.admission.entries.service import EntriesService
from services.events.admission.entries.sightings import EntrySighting
from services.events.admission.quotas.service import QuotasService
from services.events.admission.waiting.service import WaitingService
from services.events.attachments.service import AttachmentsService
from services.events.calendar.service import CalendarService
from services.events.competitions.service import CompetitionsService
from services.events.dates import DATES
from services.events.directory.service import DirectoryService
from services.events.editions.editions.model import Edition
from services.events.editions.editions.service import EditionsService
from services.events.editions.phases.service import PhasesService
from services.events.editions.presentations.service import PresentationsService
from services.events.editions.rulesets.service import RuleSetsService
from services.events.editions.series.service import SeriesService
from services.events.exports.service import ExportsService
from services.events.fixtures.service import FixturesService
from services.events.judging.blinding.service import BlindingService
from services.events.judging.judges.service import JudgesService
from services.events.judging.motions.service import MotionsService
from services.events.judging.objections.service import ObjectionsService
from services.events.judging.rejudging.service import RejudgingService
from services.events.judging.replacing.service import ReplacingService
from services.events.judging.results.service import ResultsService
from services.events.judging.scoring.service import ScoringService
from services.events.judging.team.service import TeamService
from services.events.judging.works.service import WorksService
from services.events.personal import PERSONAL
from services.events.recognition.awards.service import AwardsService
from services.events.recognition.certificates.service import CertificatesService
from services.events.recognition.granting.service import GrantingService
from services.events.speaking.announcements.service import AnnouncementsService
from services.events.speaking.questions.service import QuestionsService
from services.events.tables import EventsTable


class EventsService(
    CompetitionsService,
    AttachmentsService,
    SeriesService,
    EditionsService,
    RuleSetsService,
    PresentationsService,
    QuotasService,
    AllocationService,
    EntriesService,
    EnteringService,
    WaitingService,
    PhasesService,
    WorksService,
    JudgesService,
    ReplacingService,
    MotionsService,
    BlindingService,
    ScoringService,
    ResultsService,
    ObjectionsService,
    RejudgingService,
    AwardsService,
    GrantingService,
    CertificatesService,
    TeamService,
    FixturesService,
    CalendarService,
    ExportsService,
    AnnouncementsService,
    QuestionsService,
    DirectoryService,
    SearchService,
    AgendaService,
    PersonExportsService,
    KeptSightingsService,
    GrantsService,
    MergersService,
    HistoryService,
    JobsService,
    ParkedService,
):
    """Competitions, from the founding of a series to the certificates of an edition."""

    name = "events"
    tables = EventsTable.metadata
    findable = (Edition,)
    personal = PERSONAL
    dates = DATES
    sightings = (EntrySighting,)
