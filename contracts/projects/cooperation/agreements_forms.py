"""The forms of cooperation projects: opening one, reporting its milestones, and finding them."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, day, identifier, listing, nested, searched, text


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


class Projects(Browsed):
    """Projects by when they were opened: for the offices all, for a representative those of their organisation."""

    search = searched()
    order_by = ordered(ByAge)


class ProjectInvitations(Browsed):
    """The projects that ask the viewer's organisations to take part and wait for an answer, oldest first."""

    order_by = ordered(ByAge)


class Milestones(Input):
    """The milestones of several projects, by due day."""

    project_ids = listing(identifier(), min=1, max=100)


class HistoryOfProjects(Browsed):
    """What was done to several projects, step by step. For those who lead them."""

    project_ids = listing(identifier(), min=1, max=100)
