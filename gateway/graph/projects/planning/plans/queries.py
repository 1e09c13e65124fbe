"""What can be asked about plans in the graph."""

from __future__ import annotations

import graphene

from contracts.projects.planning import plans_forms as forms
from gateway.graph.projects.planning.plans.types import Plan, WorkItem
from gateway.graph.queries import listed, one


class PlanQueries(graphene.ObjectType):
    """Public plans and what they say are for anybody, the others for the hub office and the province offices."""

    plans = listed(forms.Plans, Plan)
    plan = one(Plan, "One plan, if it is public or the viewer belongs to an office.")
    work_items = listed(forms.WorkItems, WorkItem)
