"""What can be done with plans through the graph."""

from __future__ import annotations

import graphene

from contracts.projects.planning import plans_forms as forms
from gateway.graph.commands import command
from gateway.graph.projects.planning.plans.types import Plan, PlanPreview


class PlanMutations(graphene.ObjectType):
    """Documents become plans here."""

    preview_plan = command(forms.PreviewPlan, gives={"preview": PlanPreview})
    import_plan = command(forms.ImportPlan, gives=Plan)
