"""notify: the whole wire of the process, family by family."""

from kit.calls.history import HistoryService
from kit.calls.jobs import JobsService
from kit.calls.parked import ParkedService
from procedures.person_exports.service import PersonExportsService
from services.notify.delivery.service import DeliveryService
from services.notify.directory.service import DirectoryService
from services.notify.invitations.service import InvitationsService
from services.notify.notices.service import NoticesService
from services.notify.personal import PERSONAL
from services.notify.tables import NotifyTable


class NotifyService(
    NoticesService,
    InvitationsService,
    DeliveryService,
    DirectoryService,
    PersonExportsService,
    HistoryService,
    JobsService,
    ParkedService,
):
    """Who is told what, in the hub and by e-mail."""

    name = "notify"
    tables = NotifyTable.metadata
    personal = PERSONAL
