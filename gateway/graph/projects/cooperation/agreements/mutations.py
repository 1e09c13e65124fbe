"""What can be done about cooperation projects through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.projects.cooperation.agreements.types import Milestone, Project
from gateway.graph.relay import Command, node_id, node_ids
from gateway.graph.times import Date


class NewMilestoneInput(graphene.InputObjectType):
    """A milestone as it is to be."""

    title = graphene.String(required=True)
    due_on = Date(required=True)


class OpenProject(Command):
    """Open a cooperation project between several provinces. For the lead organisation's representative."""

    class Meta:
        service = "projects"
        result = "project"

    class Input:
        title = graphene.String(required=True)
        item_id = node_id("WorkItem", description="The item of a plan that it carries out.")
        lead_organization_id = node_id("Organization", required=True)
        participant_ids = node_ids("Organization", required=True, description="Besides the lead; at most 99.")
        milestones = graphene.List(graphene.NonNull(NewMilestoneInput), description="At most 50.")

    project = graphene.Field(Project)


class ReachMilestone(Command):
    """Report that a milestone is reached. For the lead organisation's representative."""

    class Meta:
        service = "projects"
        result = "milestone"

    class Input:
        milestone_id = node_id("Milestone", required=True)

    milestone = graphene.Field(Milestone)


class AgreementMutations(graphene.ObjectType):
    open_project = OpenProject.Field()
    reach_milestone = ReachMilestone.Field()
