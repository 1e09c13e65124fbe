"""events: the whole wire of the process, family by family."""

from kit.history import HistoryService
from services.events.competitions.service import CompetitionsService
from services.events.directory.service import DirectoryService
from services.events.entries.service import EntriesService
from services.events.phases.service import PhasesService
from services.events.quotas.service import QuotasService
from services.events.tables import EventsTable
from services.events.works.service import WorksService


class EventsService(
    CompetitionsService,
    QuotasService,
    EntriesService,
    PhasesService,
    WorksService,
    DirectoryService,
    HistoryService,
):
    """Competitions, from the founding of a series to the certificates of an edition."""

    name = "events"
    tables = EventsTable.metadata
