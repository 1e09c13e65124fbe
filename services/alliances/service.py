"""alliances: the whole wire of the process, family by family."""

from kit.calls.history import HistoryService
from kit.calls.jobs import JobsService
from services.alliances.authority.service import AuthorityService
from services.alliances.membership.service import MembershipService
from services.alliances.offices.service import OfficesService
from services.alliances.registry.service import RegistryService
from services.alliances.sessions.service import SessionsService
from services.alliances.tables import AlliancesTable


class AlliancesService(
    RegistryService,
    MembershipService,
    OfficesService,
    SessionsService,
    AuthorityService,
    HistoryService,
    JobsService,
):
    """Organisations, alliances, their members, and who may do what."""

    name = "alliances"
    tables = AlliancesTable.metadata
