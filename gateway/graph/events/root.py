"""events in the graph: its families together."""

from gateway.graph.events.awards.mutations import AwardMutations
from gateway.graph.events.awards.queries import AwardQueries
from gateway.graph.events.blinding.mutations import BlindingMutations
from gateway.graph.events.blinding.queries import BlindingQueries
from gateway.graph.events.calendar.mutations import CalendarMutations
from gateway.graph.events.calendar.queries import CalendarQueries
from gateway.graph.events.competitions.mutations import CompetitionMutations
from gateway.graph.events.competitions.queries import CompetitionQueries
from gateway.graph.events.entries.mutations import EntryMutations
from gateway.graph.events.entries.queries import EntryQueries
from gateway.graph.events.fixtures.mutations import FixtureMutations
from gateway.graph.events.fixtures.queries import FixtureQueries
from gateway.graph.events.judges.mutations import JudgeMutations
from gateway.graph.events.judges.queries import JudgeQueries
from gateway.graph.events.objections.mutations import ObjectionMutations
from gateway.graph.events.objections.queries import ObjectionQueries
from gateway.graph.events.phases.mutations import PhaseMutations
from gateway.graph.events.quotas.mutations import QuotaMutations
from gateway.graph.events.quotas.queries import QuotaQueries
from gateway.graph.events.rejudging.mutations import RejudgingMutations
from gateway.graph.events.rejudging.queries import RejudgingQueries
from gateway.graph.events.results.mutations import ResultMutations
from gateway.graph.events.results.queries import ResultQueries
from gateway.graph.events.scoring.mutations import ScoringMutations
from gateway.graph.events.scoring.queries import ScoringQueries
from gateway.graph.events.waiting.mutations import WaitingMutations
from gateway.graph.events.waiting.queries import WaitingQueries
from gateway.graph.events.works.mutations import WorkMutations
from gateway.graph.events.works.queries import WorkQueries


class EventsQueries(
    CompetitionQueries,
    QuotaQueries,
    EntryQueries,
    WaitingQueries,
    WorkQueries,
    JudgeQueries,
    AwardQueries,
    FixtureQueries,
    CalendarQueries,
    BlindingQueries,
    ScoringQueries,
    RejudgingQueries,
    ObjectionQueries,
    ResultQueries,
):
    """What can be asked of events."""


class EventsMutations(
    CompetitionMutations,
    QuotaMutations,
    EntryMutations,
    WaitingMutations,
    PhaseMutations,
    WorkMutations,
    JudgeMutations,
    AwardMutations,
    FixtureMutations,
    CalendarMutations,
    BlindingMutations,
    ScoringMutations,
    RejudgingMutations,
    ObjectionMutations,
    ResultMutations,
):
    """What can be done in events."""
