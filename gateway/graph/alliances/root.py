"""alliances in the graph: its families together."""

from gateway.graph.alliances.authority.offices.mutations import OfficesMutations
from gateway.graph.alliances.authority.offices.queries import OfficesQueries
from gateway.graph.alliances.authority.roles.mutations import RolesMutations
from gateway.graph.alliances.authority.roles.queries import RolesQueries
from gateway.graph.alliances.authority.sessions.mutations import SessionsMutations
from gateway.graph.alliances.membership.applications.mutations import ApplicationsMutations
from gateway.graph.alliances.membership.batches.mutations import BatchesMutations
from gateway.graph.alliances.membership.certificates.mutations import MembershipCertificatesMutations
from gateway.graph.alliances.membership.certificates.queries import MembershipCertificatesQueries
from gateway.graph.alliances.membership.charters.mutations import ChartersMutations
from gateway.graph.alliances.membership.charters.queries import ChartersQueries
from gateway.graph.alliances.membership.classes.mutations import ClassesMutations
from gateway.graph.alliances.membership.contacts.mutations import ContactsMutations
from gateway.graph.alliances.membership.contacts.queries import ContactsQueries
from gateway.graph.alliances.membership.delegates.mutations import DelegatesMutations
from gateway.graph.alliances.membership.importing.mutations import MemberImportMutations
from gateway.graph.alliances.membership.invitations.mutations import MembershipInvitationsMutations
from gateway.graph.alliances.membership.invitations.queries import MembershipInvitationsQueries
from gateway.graph.alliances.membership.members.queries import MembersQueries
from gateway.graph.alliances.membership.memberships.mutations import MembershipMutations
from gateway.graph.alliances.membership.memberships.queries import MembershipQueries
from gateway.graph.alliances.membership.papers.mutations import PapersMutations
from gateway.graph.alliances.membership.papers.queries import PapersQueries
from gateway.graph.alliances.membership.renewals.mutations import RenewalsMutations
from gateway.graph.alliances.membership.renewals.queries import RenewalsQueries
from gateway.graph.alliances.merging.dismissals.mutations import DismissalsMutations
from gateway.graph.alliances.merging.dismissals.queries import DismissalsQueries
from gateway.graph.alliances.merging.mergers.mutations import MergersMutations
from gateway.graph.alliances.merging.mergers.queries import MergersQueries
from gateway.graph.alliances.people.exports.mutations import ExportsOfPersonsMutations
from gateway.graph.alliances.people.exports.queries import ExportsOfPersonsQueries
from gateway.graph.alliances.people.invitations.mutations import InvitationsMutations
from gateway.graph.alliances.people.invitations.queries import InvitationsQueries
from gateway.graph.alliances.people.persons.mutations import PersonsMutations
from gateway.graph.alliances.people.persons.queries import PersonsQueries
from gateway.graph.alliances.people.sightings.queries import SightingsQueries
from gateway.graph.alliances.registry.alliances.mutations import AllianceRegistryMutations
from gateway.graph.alliances.registry.alliances.queries import AllianceRegistryQueries
from gateway.graph.alliances.registry.importing.mutations import ImportMutations
from gateway.graph.alliances.registry.organizations.mutations import OrganizationsMutations
from gateway.graph.alliances.registry.organizations.queries import OrganizationsQueries
from gateway.graph.alliances.registry.relations.mutations import RelationsMutations
from gateway.graph.alliances.registry.relations.queries import RelationsQueries


class AlliancesQueries(
    OrganizationsQueries,
    AllianceRegistryQueries,
    RelationsQueries,
    ContactsQueries,
    ChartersQueries,
    MembershipQueries,
    MembershipInvitationsQueries,
    MergersQueries,
    DismissalsQueries,
    MembersQueries,
    RenewalsQueries,
    MembershipCertificatesQueries,
    PapersQueries,
    OfficesQueries,
    ExportsOfPersonsQueries,
    SightingsQueries,
    InvitationsQueries,
    PersonsQueries,
    RolesQueries,
):
    """What can be asked of alliances."""


class AlliancesMutations(
    OrganizationsMutations,
    AllianceRegistryMutations,
    RelationsMutations,
    ContactsMutations,
    ChartersMutations,
    MembershipInvitationsMutations,
    MembershipMutations,
    BatchesMutations,
    MergersMutations,
    DismissalsMutations,
    ApplicationsMutations,
    PapersMutations,
    ClassesMutations,
    DelegatesMutations,
    RenewalsMutations,
    MembershipCertificatesMutations,
    ImportMutations,
    MemberImportMutations,
    OfficesMutations,
    SessionsMutations,
    ExportsOfPersonsMutations,
    InvitationsMutations,
    PersonsMutations,
    RolesMutations,
):
    """What can be done in alliances."""
