"""Agreements in the graph: cooperation projects and their milestones."""

from __future__ import annotations

import graphene

from contracts.projects.cooperation import agreements_forms as forms
from contracts.projects.cooperation.agreements import ParticipationStatus, ProjectStatus
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.relations import parts, related, related_many
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Milestone(NodeType, loads="milestones_by_id"):
    """A step of a project (阶段目标) and the day by which it should be reached."""

    title = graphene.String(required=True, description="What should be reached.")
    due_on = Date(required=True, description="The day by which it should be reached.")
    reached_at = DateTime(description="When it was reported as reached; null until then.")
    project = related("Project", "The project that it belongs to.", required=True)
    actions = acting(forms.ActionsOnMilestones)


class ProjectInvitation(graphene.ObjectType):
    """An organisation that was asked to take part in a project and has not accepted."""

    organization = related("Organization", "The organisation that was asked.", required=True)
    status = graphene.Field(enum(ParticipationStatus), required=True, description="What became of it.")
    answered_at = DateTime(description="When it was answered, withdrawn or lapsed; null while it waits.")
    reason = graphene.String(required=True, description="Why it was declined; otherwise empty.")


class Project(NodeType, loads="projects_by_id"):
    """A cooperation project (合作项目) of organisations of several provinces; seen by the offices and its participants."""

    title = graphene.String(required=True, description="What it is called.")
    description = graphene.String(required=True, description="What it is about; may be empty.")
    starts_on = Date(description="The day on which it starts, where one is set.")
    ends_on = Date(description="The day by which it should be done, where one is set.")
    status = graphene.Field(enum(ProjectStatus), required=True, description="Where it stands.")
    closed_at = DateTime(description="When it was closed; null while it is open.")
    closed_because = graphene.String(
        required=True, description="What was achieved, or why it ended; empty while it is open."
    )
    item = related("WorkItem", "The item of a plan that it carries out, if the viewer may see it.")
    lead_organization = related("Organization", "The organisation that leads it.", required=True)
    participants = related_many(
        "Organization", "The organisations that have accepted, the lead among them; at most 100.", by="participant_ids"
    )
    invitations = graphene.List(
        graphene.NonNull(ProjectInvitation),
        required=True,
        description="Who was asked and has not accepted, for the lead; for others their own organisation. At most 99.",
    )
    milestones = parts(forms.Milestones, "Milestone", "The milestones on the way, by due day; at most 50.")
    created_at = DateTime(required=True, description="When it was opened.")
    actions = acting(forms.ActionsOnProjects)
    history = historied(forms.HistoryOfProjects)
