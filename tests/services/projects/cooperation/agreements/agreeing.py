"""Projects for tests: organisations of three provinces, and what they agree on."""

from __future__ import annotations

from typing import Any

from tests.services.projects.projects_hub import ANHUI, JIANGSU, SHANGHAI, ProjectsHub

LEAD = "lead-representative"
PARTNER = "partner-representative"
HUANGSHAN = "huangshan-representative"
STRANGER = "stranger-representative"
MILESTONES = [{"title": "签署协议", "due_on": "2026-06-30"}, {"title": "开班", "due_on": "2026-03-01"}]


class Agreeing:
    """A lead in Shanghai, partners in Jiangsu and Anhui, and a stranger in Anhui."""

    def __init__(self, projects: ProjectsHub) -> None:
        self.projects = projects
        self.lead = projects.organization("上海师范大学", region=SHANGHAI, representative=LEAD)
        self.neighbour = projects.organization("上海大学", region="310115")
        self.partners = [
            projects.organization("江苏大学", region=JIANGSU, representative=PARTNER),
            projects.organization("黄山学院", region="341000", representative=HUANGSHAN),
        ]
        self.stranger = projects.organization("安徽大学", region=ANHUI, representative=STRANGER)

    def open(self, viewer: str = LEAD, **changed: Any) -> dict[str, Any]:
        """Open a project; what is not changed is as the lead would have it."""
        agreed = {
            "title": "长三角师资联合培养",
            "lead_organization_id": self.lead,
            "participant_ids": self.partners,
            "milestones": MILESTONES,
        }
        project: dict[str, Any] = self.projects.ask("open_project", viewer, **agreed | changed)
        return project

    def agreed(self, **changed: Any) -> dict[str, Any]:
        """A project in which everybody who was asked takes part, as the lead sees it."""
        project = self.open(**changed)
        for organization_id in changed.get("participant_ids", self.partners):
            viewer = dict(zip(self.partners, (PARTNER, HUANGSHAN), strict=True))[organization_id]
            self.answer("accept", project, organization_id, viewer)
        [found] = self.projects.ask("projects_by_id", LEAD, ids=[project["id"]])
        return dict(found)

    def answer(
        self, how: str, project: dict[str, Any], organization_id: str, viewer: str, **reason: str
    ) -> dict[str, Any]:
        given = {"project_id": project["id"], "organization_id": organization_id, **reason}
        answered: dict[str, Any] = self.projects.ask(f"{how}_participation", viewer, **given)
        return answered

    def milestones(self, project: dict[str, Any], viewer: str = LEAD) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.projects.ask("milestones", viewer, project_ids=[project["id"]])
        return found
