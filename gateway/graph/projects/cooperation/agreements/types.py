"""Agreements in the graph: cooperation projects and their milestones."""

from __future__ import annotations

import graphene

from contracts.projects.cooperation import agreements_forms as forms
from gateway.graph.relations import parts, related, related_many
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Milestone(NodeType, loads="milestones_by_id"):
    """A step of a project (阶段目标) and the day by which it should be reached."""

    title = graphene.String(required=True, description="What should be reached.")
    due_on = Date(required=True, description="The day by which it should be reached.")
    reached_at = DateTime(description="When it was reported as reached; null until then.")
    project = related("Project", "The project that it belongs to.", required=True)


class Project(NodeType, loads="projects_by_id"):
    """A cooperation project (合作项目) of organisations of several provinces; seen by the offices and its participants."""

    title = graphene.String(required=True, description="What it is called.")
    item = related("WorkItem", "The item of a plan that it carries out, if the viewer may see it.")
    lead_organization = related("Organization", "The organisation that leads it.", required=True)
    participants = related_many(
        "Organization", "The organisations that take part, the lead among them; at most 100.", by="participant_ids"
    )
    milestones = parts(forms.Milestones, "Milestone", "The milestones on the way, by due day; at most 50.")
    created_at = DateTime(required=True, description="When it was opened.")
