"""How projects and their milestones are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, PartsLoader


class ProjectLoader(ByIdLoader):
    service = "projects"
    method = "projects_by_id"


class MilestoneLoader(ByIdLoader):
    service = "projects"
    method = "milestones_by_id"


class MilestonesLoader(PartsLoader):
    service = "projects"
    method = "milestones"
    whole = "project_id"
