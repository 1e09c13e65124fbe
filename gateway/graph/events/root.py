"""events in the graph: its families together."""

from gateway.graph.events.competitions.mutations import CompetitionMutations
from gateway.graph.events.competitions.queries import CompetitionQueries


class EventsQueries(CompetitionQueries):
    """What can be asked of events."""


class EventsMutations(CompetitionMutations):
    """What can be done in events."""
