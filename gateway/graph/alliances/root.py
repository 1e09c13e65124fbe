"""alliances in the graph: its families together."""

from gateway.graph.alliances.authority.offices.mutations import OfficesMutations
from gateway.graph.alliances.authority.offices.queries import OfficesQueries
from gateway.graph.alliances.authority.roles.mutations import RolesMutations
from gateway.graph.alliances.authority.roles.queries import RolesQueries
from gateway.graph.alliances.authority.sessions.mutations import SessionsMutations
from gateway.graph.alliances.membership.importing.mutations import MemberImportMutations
from gateway.graph.alliances.membership.memberships.mutations import MembershipMutations
from gateway.graph.alliances.membership.memberships.queries import MembershipQueries
from gateway.graph.alliances.merging.mergers.mutations import MergersMutations
from gateway.graph.alliances.merging.mergers.queries import MergersQueries
from gateway.graph.alliances.people.invitations.mutations import InvitationsMutations
from gateway.graph.alliances.people.invitations.queries import InvitationsQueries
from gateway.graph.alliances.people.persons.mutations import PersonsMutations
from gateway.graph.alliances.people.persons.queries import PersonsQueries
from gateway.graph.alliances.registry.alliances.mutations import AllianceRegistryMutations
from gateway.graph.alliances.registry.alliances.queries import AllianceRegistryQueries
from gateway.graph.alliances.registry.importing.mutations import ImportMutations
from gateway.graph.alliances.registry.organizations.mutations import OrganizationsMutations
from gateway.graph.alliances.registry.organizations.queries import OrganizationsQueries


class AlliancesQueries(
    OrganizationsQueries,
    AllianceRegistryQueries,
    MembershipQueries,
    MergersQueries,
    OfficesQueries,
    InvitationsQueries,
    PersonsQueries,
    RolesQueries,
):
    """What can be asked of alliances."""


class AlliancesMutations(
    OrganizationsMutations,
    AllianceRegistryMutations,
    MembershipMutations,
    MergersMutations,
    ImportMutations,
    MemberImportMutations,
    OfficesMutations,
    SessionsMutations,
    InvitationsMutations,
    PersonsMutations,
    RolesMutations,
):
    """What can be done in alliances."""
