"""How projects and their milestones are loaded, many in one call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from aiodataloader import DataLoader

from gateway.graph.loading import ByIdLoader
from gateway.rpc import Rpc


class ProjectLoader(ByIdLoader):
    service = "projects"
    method = "projects_by_id"


class MilestoneLoader(ByIdLoader):
    service = "projects"
    method = "milestones_by_id"


class MilestonesLoader(DataLoader[str, list[dict[str, Any]]]):
    """The milestones of many projects: loads a project's id as its milestones."""

    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[str]) -> list[list[dict[str, Any]]]:
        by_project: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for milestone in await self._rpc.query("projects", "milestones", project_ids=keys):
            by_project[milestone["project_id"]].append(milestone)
        return [by_project[key] for key in keys]
