"""projects in the graph: its families together."""

from gateway.graph.projects.cooperation.agreements.mutations import AgreementMutations
from gateway.graph.projects.cooperation.agreements.queries import AgreementQueries
from gateway.graph.projects.planning.plans.mutations import PlanMutations
from gateway.graph.projects.planning.plans.queries import PlanQueries
from gateway.graph.projects.workdays.mutations import WorkdaysMutations
from gateway.graph.projects.workdays.queries import WorkdaysQueries


class ProjectsQueries(PlanQueries, AgreementQueries, WorkdaysQueries):
    """What can be asked of projects."""


class ProjectsMutations(PlanMutations, AgreementMutations, WorkdaysMutations):
    """What can be done in projects."""
