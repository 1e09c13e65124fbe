"""alliances in the graph: its families together."""

from gateway.graph.alliances.authority.mutations import AuthorityMutations
from gateway.graph.alliances.authority.queries import AuthorityQueries
from gateway.graph.alliances.membership.mutations import MembershipMutations
from gateway.graph.alliances.membership.queries import MembershipQueries
from gateway.graph.alliances.offices.mutations import OfficesMutations
from gateway.graph.alliances.offices.queries import OfficesQueries
from gateway.graph.alliances.registry.mutations import RegistryMutations
from gateway.graph.alliances.registry.queries import RegistryQueries
from gateway.graph.alliances.sessions.mutations import SessionsMutations


class AlliancesQueries(RegistryQueries, MembershipQueries, OfficesQueries, AuthorityQueries):
    """What can be asked of alliances."""


class AlliancesMutations(
    RegistryMutations,
    MembershipMutations,
    OfficesMutations,
    SessionsMutations,
    AuthorityMutations,
):
    """What can be done in alliances."""
