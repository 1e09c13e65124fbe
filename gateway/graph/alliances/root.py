"""alliances in the graph: its families together."""

from gateway.graph.alliances.authority.mutations import AuthorityMutations
from gateway.graph.alliances.authority.queries import AuthorityQueries
from gateway.graph.alliances.membership.mutations import MembershipMutations
from gateway.graph.alliances.membership.queries import MembershipQueries
from gateway.graph.alliances.registry.mutations import RegistryMutations
from gateway.graph.alliances.registry.queries import RegistryQueries


class AlliancesQueries(RegistryQueries, MembershipQueries, AuthorityQueries):
    """What can be asked of alliances."""


class AlliancesMutations(RegistryMutations, MembershipMutations, AuthorityMutations):
    """What can be done in alliances."""
