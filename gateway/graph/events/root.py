"""events in the graph: its families together."""

from gateway.graph.events.competitions.mutations import CompetitionMutations
from gateway.graph.events.competitions.queries import CompetitionQueries
from gateway.graph.events.entries.mutations import EntryMutations
from gateway.graph.events.entries.queries import EntryQueries
from gateway.graph.events.phases.mutations import PhaseMutations
from gateway.graph.events.quotas.mutations import QuotaMutations
from gateway.graph.events.quotas.queries import QuotaQueries
from gateway.graph.events.works.mutations import WorkMutations
from gateway.graph.events.works.queries import WorkQueries


class EventsQueries(
    CompetitionQueries,
    QuotaQueries,
    EntryQueries,
    WorkQueries,
):
    """What can be asked of events."""


class EventsMutations(
    CompetitionMutations,
    QuotaMutations,
    EntryMutations,
    PhaseMutations,
    WorkMutations,
):
    """What can be done in events."""
