"""events in the graph: its families together."""

from gateway.graph.events.admission.entries.mutations import EntryMutations
from gateway.graph.events.admission.entries.queries import EntryQueries
from gateway.graph.events.admission.quotas.mutations import QuotaMutations
from gateway.graph.events.admission.quotas.queries import QuotaQueries
from gateway.graph.events.admission.waiting.mutations import WaitingMutations
from gateway.graph.events.admission.waiting.queries import WaitingQueries
from gateway.graph.events.attachments.mutations import AttachmentMutations
from gateway.graph.events.calendar.mutations import CalendarMutations
from gateway.graph.events.calendar.queries import CalendarQueries
from gateway.graph.events.competitions.mutations import CompetitionMutations
from gateway.graph.events.competitions.queries import CompetitionQueries
from gateway.graph.events.editions.phases.mutations import PhaseMutations
from gateway.graph.events.fixtures.mutations import FixtureMutations
from gateway.graph.events.fixtures.queries import FixtureQueries
from gateway.graph.events.judging.blinding.mutations import BlindingMutations
from gateway.graph.events.judging.blinding.queries import BlindingQueries
from gateway.graph.events.judging.judges.mutations import JudgeMutations
from gateway.graph.events.judging.judges.queries import JudgeQueries
from gateway.graph.events.judging.motions.mutations import MotionMutations
from gateway.graph.events.judging.motions.queries import MotionQueries
from gateway.graph.events.judging.objections.mutations import ObjectionMutations
from gateway.graph.events.judging.objections.queries import ObjectionQueries
from gateway.graph.events.judging.rejudging.mutations import RejudgingMutations
from gateway.graph.events.judging.rejudging.queries import RejudgingQueries
from gateway.graph.events.judging.results.mutations import ResultMutations
from gateway.graph.events.judging.results.queries import ResultQueries
from gateway.graph.events.judging.scoring.mutations import ScoringMutations
from gateway.graph.events.judging.scoring.queries import ScoringQueries
from gateway.graph.events.judging.team.queries import TeamQueries
from gateway.graph.events.judging.works.mutations import WorkMutations
from gateway.graph.events.judging.works.queries import WorkQueries
from gateway.graph.events.recognition.awards.mutations import AwardMutations
from gateway.graph.events.recognition.awards.queries import AwardQueries
from gateway.graph.events.speaking.announcements.mutations import AnnouncementMutations
from gateway.graph.events.speaking.announcements.queries import AnnouncementQueries
from gateway.graph.events.speaking.questions.mutations import QuestionMutations
from gateway.graph.events.speaking.questions.queries import QuestionQueries


class EventsQueries(
    CompetitionQueries,
    QuotaQueries,
    EntryQueries,
    WaitingQueries,
    WorkQueries,
    JudgeQueries,
    TeamQueries,
    MotionQueries,
    AwardQueries,
    FixtureQueries,
    CalendarQueries,
    BlindingQueries,
    ScoringQueries,
    RejudgingQueries,
    ObjectionQueries,
    ResultQueries,
    AnnouncementQueries,
    QuestionQueries,
):
    """What can be asked of events."""


class EventsMutations(
    CompetitionMutations,
    AttachmentMutations,
    QuotaMutations,
    EntryMutations,
    WaitingMutations,
    PhaseMutations,
    WorkMutations,
    JudgeMutations,
    MotionMutations,
    AwardMutations,
    FixtureMutations,
    CalendarMutations,
    BlindingMutations,
    ScoringMutations,
    RejudgingMutations,
    ObjectionMutations,
    ResultMutations,
    AnnouncementMutations,
    QuestionMutations,
):
    """What can be done in events."""
