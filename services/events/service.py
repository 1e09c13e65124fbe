"""events: the whole wire of the process, family by family."""

from kit.history import HistoryService
from services.events.competitions.service import CompetitionsService
from services.events.directory.service import DirectoryService
from services.events.tables import EventsTable


class EventsService(CompetitionsService, DirectoryService, HistoryService):
    """Competitions: their series, editions, quotas and entries."""

    name = "events"
    tables = EventsTable.metadata
