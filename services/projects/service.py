"""projects: the whole wire of the process, family by family."""

from kit.calls.grants import GrantsService
from kit.calls.history import HistoryService
from kit.calls.jobs import JobsService
from kit.calls.mergers import MergersService
from kit.calls.parked import ParkedService
from procedures.agenda.service import AgendaService
from procedures.person_exports.service import PersonExportsService
from procedures.search.service import SearchService
from services.projects.cooperation.agreements.model import Project
from services.projects.cooperation.agreements.service import AgreementsService
from services.projects.dates import DATES
from services.projects.directory.service import DirectoryService
from services.projects.personal import PERSONAL
from services.projects.planning.plans.model import Plan
from services.projects.planning.plans.service import PlansService
from services.projects.tables import ProjectsTable
from services.projects.workdays.service import WorkdaysService


class ProjectsService(
    PlansService,
    AgreementsService,
    WorkdaysService,
    DirectoryService,
    SearchService,
    AgendaService,
    PersonExportsService,
    GrantsService,
    MergersService,
    HistoryService,
    JobsService,
    ParkedService,
):
    """Plans that can be tracked, and the cooperation projects that carry them out."""

    name = "projects"
    tables = ProjectsTable.metadata
    findable = (Plan, Project)
    personal = PERSONAL
    dates = DATES
