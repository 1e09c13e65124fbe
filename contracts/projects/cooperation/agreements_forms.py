"""The forms of cooperation projects: opening one, reporting its milestones, and finding them."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, choice, day, identifier, listing, nested, searched, text
from contracts.projects.cooperation.agreements import ProjectOutcome, ProjectStatus


class NewMilestone(Input):
    """The milestone to set."""

    title = text(max=200, says="What should be reached.")
    due_on = day(says="The day by which it should be reached.")


class OpenProject(Input):
    """Open a cooperation project between several provinces. For the lead organisation's representative.

    The organisations that are named are asked to take part; each counts once it has accepted.
    """

    title = text(max=200, says="What the project is called.")
    item_id = identifier("WorkItem", required=False, says="The item of a plan that it carries out.")
    lead_organization_id = identifier("Organization", says="The organisation that leads it.")
    participant_ids = listing(
        identifier("Organization"), max=99, says="The organisations that are asked to take part too."
    )
    milestones = listing(nested(NewMilestone), max=50, required=False, says="The milestones on the way.")
    description = text(lines=True, min=0, max=5000, required=False, says="What it is about.")
    starts_on = day(required=False, says="The day on which it starts.")
    ends_on = day(required=False, says="The day by which it should be done.")


class ChangeProject(Input):
    """Correct a project that is open; what is left out stays. For the lead organisation's representative.

    Everybody who takes part or is asked to is told, with the reason.
    """

    project_id = identifier("Project", says="The project.")
    title = text(max=200, required=False, says="What it is called.")
    description = text(lines=True, min=0, max=5000, required=False, says="What it is about; empty to leave it out.")
    starts_on = day(required=False, says="The day on which it starts.")
    ends_on = day(required=False, says="The day by which it should be done.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class CloseProject(Input):
    """Close a project as completed or as ended. For the lead organisation's representative.

    It is completed once every milestone is reached; nobody is asked to take part any more.
    """

    project_id = identifier("Project", says="The project.")
    outcome = choice(ProjectOutcome, says="How it ended.")
    reason = text(lines=True, max=500, says="What was achieved, or why it ends, in words for those who are told.")


class ReopenProject(Input):
    """Carry a closed project on, within the time that the hub allows. For the lead organisation's representative."""

    project_id = identifier("Project", says="The project.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class _OneParticipation(Input):
    project_id = identifier("Project", says="The project.")
    organization_id = identifier("Organization", says="The organisation that is asked to take part.")


class AcceptParticipation(_OneParticipation):
    """Take part in a project that asks for it. For the organisation's representative."""


class DeclineParticipation(_OneParticipation):
    """Do not take part in a project that asks for it. For the organisation's representative."""

    reason = text(lines=True, max=500, says="Why, in words for the lead organisation.")


class WithdrawParticipation(_OneParticipation):
    """No longer ask an organisation that has not answered. For the lead organisation's representative."""


class ReachMilestone(Input):
    """Report that a milestone is reached. For the lead organisation's representative."""

    milestone_id = identifier("Milestone", says="The milestone that was reached.")


class ChangeMilestone(Input):
    """Correct what a milestone is called or when it is due; what is left out stays. For the lead's representative."""

    milestone_id = identifier("Milestone", says="The milestone.")
    title = text(max=200, required=False, says="What should be reached.")
    due_on = day(required=False, says="The day by which it should be reached.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class ReopenMilestone(Input):
    """Take back that a milestone was reached. For the lead organisation's representative."""

    milestone_id = identifier("Milestone", says="The milestone that is not reached after all.")
    reason = text(lines=True, max=500, says="Why, in words for those who are told.")


class Projects(Browsed):
    """Projects by when they were opened: for the offices all, for a representative those of their organisation."""

    search = searched()
    organization_id = identifier(
        "Organization", required=False, says="Only projects in which this organisation takes part."
    )
    status = choice(ProjectStatus, required=False, says="Only projects with this status.")
    order_by = ordered(ByAge)


class ProjectInvitations(Browsed):
    """The projects that ask the viewer's organisations to take part and wait for an answer, oldest first."""

    order_by = ordered(ByAge)


class Milestones(Input):
    """The milestones of several projects, by due day."""

    project_ids = listing(identifier(), min=1, max=100)


class ActionsOnProjects(Input):
    """What the viewer can do about several projects."""

    project_ids = listing(identifier(), min=1, max=100)


class ActionsOnMilestones(Input):
    """What the viewer can do about several milestones."""

    milestone_ids = listing(identifier(), min=1, max=100)


class HistoryOfProjects(Browsed):
    """What was done to several projects, step by step. For those who lead them."""

    project_ids = listing(identifier(), min=1, max=100)
