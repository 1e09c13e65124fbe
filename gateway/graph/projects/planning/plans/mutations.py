"""What can be done with plans through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.projects.planning.plans.types import Plan, PlanPreview
from gateway.graph.relay import Command


class PreviewPlan(Command):
    """Show how a text would be read, with its doubts; saves nothing. For the hub office and the province offices."""

    class Meta:
        service = "projects"
        result = "preview"

    class Input:
        text = graphene.String(required=True, description="The document as plain text.")

    preview = graphene.Field(PlanPreview)


class ImportPlan(Command):
    """Make a plan of a document; a text that was imported before gives its plan, unchanged.

    For the hub office and, for a plan with a region, the office of its province.
    """

    class Meta:
        service = "projects"
        result = "plan"

    class Input:
        text = graphene.String(required=True, description="The document as plain text.")
        public = graphene.Boolean(required=True, description="Whether anybody may read the plan.")
        title = graphene.String(description="Instead of the printed one, or where none is printed.")
        region = graphene.String(description="GB/T 2260 code of who issued it.")
        confirmed_doubts = graphene.String(description="`doubtsDigest` of the preview whose doubts were seen.")

    plan = graphene.Field(Plan)


class PlanMutations(graphene.ObjectType):
    preview_plan = PreviewPlan.Field()
    import_plan = ImportPlan.Field()
