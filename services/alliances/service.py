"""alliances: the whole wire of the process, family by family."""

from kit.calls.history import HistoryService
from kit.calls.jobs import JobsService
from kit.calls.parked import ParkedService
from procedures.agenda.service import AgendaService
from procedures.person_exports.service import PersonExportsService
from procedures.search.service import SearchService
from procedures.sightings.service import KeptSightingsService
from services.alliances.authority.offices.service import OfficesService
from services.alliances.authority.roles.service import RolesService
from services.alliances.authority.sessions.service import SessionsService
from services.alliances.dates import DATES
from services.alliances.membership.applications.service import ApplicationsService
from services.alliances.membership.batches.service import BatchesService
from services.alliances.membership.certificates.service import MembershipCertificatesService
from services.alliances.membership.charters.service import ChartersService
from services.alliances.membership.classes.service import ClassesService
from services.alliances.membership.contacts.model import ContactSighting
from services.alliances.membership.contacts.service import ContactsService
from services.alliances.membership.delegates.service import DelegatesService
from services.alliances.membership.importing.service import MemberImportService
from services.alliances.membership.invitations.service import MembershipInvitationsService
from services.alliances.membership.members.service import MembersService
from services.alliances.membership.memberships.service import MembershipService
from services.alliances.membership.papers.service import PapersService
from services.alliances.membership.renewals.service import RenewalsService
from services.alliances.merging.dismissals.service import DismissalsService
from services.alliances.merging.mergers.service import MergingService
from services.alliances.people.exports.service import ExportsOfPersonsService
from services.alliances.people.invitations.service import InvitationsService
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.service import PersonsService
from services.alliances.people.sightings.model import Sighting
from services.alliances.people.sightings.service import SightingsService
from services.alliances.personal import PERSONAL
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.service import AllianceRegistryService
from services.alliances.registry.importing.service import ImportService
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.service import OrganizationsService
from services.alliances.registry.relations.service import RelationsService
from services.alliances.tables import AlliancesTable


class AlliancesService(
    OrganizationsService,
    RelationsService,
    ContactsService,
    AllianceRegistryService,
    ChartersService,
    MembershipService,
    BatchesService,
    MergingService,
    DismissalsService,
    ApplicationsService,
    MembershipInvitationsService,
    PapersService,
    ClassesService,
    DelegatesService,
    RenewalsService,
    MembersService,
    MembershipCertificatesService,
    ExportsOfPersonsService,
    SightingsService,
    InvitationsService,
    PersonsService,
    ImportService,
    MemberImportService,
    OfficesService,
    SessionsService,
    RolesService,
    SearchService,
    AgendaService,
    PersonExportsService,
    KeptSightingsService,
    HistoryService,
    JobsService,
    ParkedService,
):
    """Organisations, alliances, their members, and who may do what."""

    name = "alliances"
    tables = AlliancesTable.metadata
    findable = (Organization, Alliance, Person)
    personal = PERSONAL
    dates = DATES
    sightings = (Sighting, ContactSighting)
