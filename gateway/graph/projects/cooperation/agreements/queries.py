"""What can be asked about cooperation projects in the graph."""

from __future__ import annotations

import graphene

from contracts.projects.cooperation import agreements_forms as forms
from gateway.graph.projects.cooperation.agreements.types import Project
from gateway.graph.queries import listed, one


class AgreementQueries(graphene.ObjectType):
    """Projects: for the offices all, for a representative those of their organisation."""

    projects = listed(forms.Projects, Project)
    project_invitations = listed(forms.ProjectInvitations, Project)
    project = one(Project, "One cooperation project, for the offices and its participants.")
